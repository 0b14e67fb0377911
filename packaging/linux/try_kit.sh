#!/bin/sh
# Run by script/kit_check in a network and mounts of its own: install, use, upgrade, uninstall.
set -eu
kit=$1
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
mount --make-rprivate /
own=$(mktemp -d)
mount -t tmpfs none "$own"
chmod 0755 "$own"
for one in /etc /var/lib; do
    mkdir -p "$own$one"
    if [ $one = /etc ]; then cp -a $one/. "$own$one/"; fi
    mount --bind "$own$one" $one
done
for one in /opt /usr/local/bin /var/backups; do
    mkdir -p "$own$one" $one
    chmod 0755 "$own$one"
    mount --bind "$own$one" $one
done
step() { echo "== $*"; }
see() { "$@" || { echo "failed: $*" >&2; exit 1; }; }
cd "$kit"

step "a kit that lost a bit is refused"
cp SHA256SUMS "$own/sums"
printf 'x' >> config.toml
if sh install.sh --no-start; then exit 1; fi
see test ! -e /opt/minzheng/current
head -c -1 config.toml > "$own/config"
cat "$own/config" > config.toml

step "install"
see sh install.sh --no-start
see test "$(readlink /opt/minzheng/current)" = "$(cat VERSION)"
see test "$(stat -c %U /var/lib/minzheng/data)" = minzheng
see test "$(stat -c '%U:%G %a' /etc/minzheng/config.toml)" = "root:minzheng 640"
see grep -q '"/var/lib/minzheng/archive"' /etc/minzheng/config.toml
systemd-analyze verify /etc/systemd/system/minzheng.service 2>&1 | grep minzheng && exit 1

step "use"
cd /root # which the user of the service may not look into
see minzheng --version
echo 低保申请材料 > /var/lib/minzheng/archive/a.txt
chown minzheng /var/lib/minzheng/archive/a.txt
see minzheng index /var/lib/minzheng/archive
minzheng search 低保 | grep -q 申请材料
see test "$(stat -c %U /var/lib/minzheng/data/minzheng.sqlite3)" = minzheng
minzheng doctor || true

step "the unit's own command serves"
ip link set lo up 2>/dev/null || /opt/minzheng/current/bin/python - <<'UP'
import fcntl, socket, struct
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh", b"lo", 0x1))
UP
command=$(sed -n 's/^ExecStart=//p' /etc/systemd/system/minzheng.service)
# shellcheck disable=SC2086 # a command and its words
runuser -u minzheng -- env HOME=/var/lib/minzheng LANG=C.UTF-8 PYTHONUTF8=1 $command > "$own/log" 2>&1 &
service=$!
tries=0
until grep -q 就绪 "$own/log"; do
    tries=$((tries + 1))
    [ $tries -lt 300 ] || { cat "$own/log"; exit 1; }
    sleep 1
done
/opt/minzheng/current/bin/python -c "
import urllib.request
page = urllib.request.urlopen('http://127.0.0.1:8000/sign-in', timeout=60).read().decode()
assert '登录' in page, page"
pkill -TERM -P $service
wait $service || true

step "upgrade: the same kit again, with a backup before"
cd "$kit"
see sh install.sh --no-start
see test -e /var/lib/minzheng/backup.key
see ls /var/backups/minzheng/snapshots

step "uninstall: what is the county's stays"
see sh /opt/minzheng/uninstall.sh
see test ! -e /opt/minzheng
see test ! -e /usr/local/bin/minzheng
see test -e /var/lib/minzheng/data/minzheng.sqlite3
see test -e /var/lib/minzheng/archive/a.txt
echo "ok"
