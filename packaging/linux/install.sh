#!/bin/sh
# 安装或升级民政十五专档。在解开的安装包文件夹里,由管理员运行:sh install.sh [--no-start]
# Puts each version into /opt/minzheng/VERSION; /opt/minzheng/current is the one in use.
set -eu
cd "$(dirname "$0")"
umask 022

version=$(cat VERSION)
machine=$(cat MACHINE)
python_minor=$(cat PYTHON)
programs=/opt/minzheng
data=/var/lib/minzheng
settings=/etc/minzheng
backups=/var/backups/minzheng
unit=/etc/systemd/system/minzheng.service
starts=yes
[ "${1:-}" != --no-start ] || starts=no

say() { printf '%s\n' "$*"; }
fail() {
    say "没有安装:$*" >&2
    exit 1
}
has_systemd() { [ -d /run/systemd/system ] && command -v systemctl >/dev/null; }
as_service() { runuser -u minzheng -- env HOME=$data LANG=C.UTF-8 PYTHONUTF8=1 "$@"; }

[ "$(id -u)" = 0 ] || fail "请用管理员身份运行,如 sudo sh install.sh"
[ "$(uname -m)" = "$machine" ] || fail "这个安装包是给 $machine 的,本机是 $(uname -m)"
say "核对安装包 …"
sha256sum --quiet --check SHA256SUMS || fail "安装包不完整或被改过,请重新复制"

find_python() {
    if [ -x python/bin/python3 ]; then
        mkdir -p $programs
        rm -rf "$programs/python-$version"
        cp -a python "$programs/python-$version"
        echo "$programs/python-$version/bin/python3"
        return
    fi
    for one in "python$python_minor" python3; do
        if "$one" -c "import sys, venv; sys.exit('%d.%d' % sys.version_info[:2] != '$python_minor')" \
            2>/dev/null; then
            command -v "$one"
            return
        fi
    done
    return 1
}
python=$(find_python) ||
    fail "本机没有 Python $python_minor。请装上(如 apt install python$python_minor),或换带 Python 的安装包"

make_user() {
    id minzheng >/dev/null 2>&1 ||
        useradd --system --home-dir $data --shell /usr/sbin/nologin --comment 民政十五专档 minzheng
}

make_folders() {
    mkdir -p $programs $settings $backups
    for one in $data $data/data $data/archive $data/收件箱; do
        [ -d "$one" ] || install -d -o minzheng -g minzheng -m 0750 "$one"
    done
    chown minzheng:minzheng $backups
    chmod 0700 $backups
    if [ ! -e $settings/config.toml ]; then
        sed -e "s|^folder = .*|folder = \"$data/archive\"|" \
            -e "s|^data_folder = .*|data_folder = \"$data/data\"|" \
            -e "s|^inbox = .*|inbox = \"$data/收件箱\"|" \
            -e "s|^key_file = .*|key_file = \"$data/backup.key\"|" config.toml > $settings/config.toml
        chown root:minzheng $settings/config.toml
        chmod 0640 $settings/config.toml
    fi
}

make_environment() {
    say "安装程序到 $programs/$version …"
    rm -rf "${programs:?}/$version"
    "$python" -m venv --without-pip "$programs/$version"
    pip=$(echo wheels/pip-*.whl)
    env -i PATH="$PATH" LANG=C.UTF-8 PIP_CONFIG_FILE=/dev/null "$programs/$version/bin/python" "$pip/pip" install \
        --quiet --disable-pip-version-check --no-cache-dir --no-index --find-links wheels \
        --no-deps --require-hashes --requirement requirements.txt
}

put_command() {
    cat > /usr/local/bin/minzheng <<'COMMAND'
#!/bin/sh
# The files of the service are its user's: whoever is root becomes that user first.
program=/opt/minzheng/current/bin/minzheng
if [ "$(id -u)" = 0 ]; then
    # A folder that user may not enter, such as /root, is no place to work in.
    runuser -u minzheng -- test -x . || cd /var/lib/minzheng
    exec runuser -u minzheng -- env HOME=/var/lib/minzheng LANG=C.UTF-8 PYTHONUTF8=1 \
        "$program" "$@"
fi
exec "$program" "$@"
COMMAND
    chmod 0755 /usr/local/bin/minzheng
    install -m 0755 uninstall.sh $programs/uninstall.sh
}

stop_service() {
    ! has_systemd || systemctl stop minzheng 2>/dev/null || true
}

# Data of an older version: backed up, brought up to date, checked; else the older one goes on.
upgrade_data() {
    [ -e $data/data/minzheng.sqlite3 ] || return 0
    key=--new-key
    [ ! -e $data/backup.key ] || key=
    # shellcheck disable=SC2086 # none or one word
    as_service "$programs/$version/bin/minzheng" --config $settings/config.toml upgrade $backups $key
}

start_service() {
    [ $starts = yes ] || return 0
    if ! has_systemd; then
        say "本机没有 systemd。这样启动:minzheng serve"
        return 0
    fi
    systemctl daemon-reload
    systemctl enable --quiet --now minzheng
    say "服务已启动,开机自动启动。看状态:systemctl status minzheng"
}

old=$(readlink $programs/current 2>/dev/null || true)
make_user
make_folders
[ "$old" != "$version" ] || stop_service # what runs is about to be replaced
make_environment
stop_service
if ! upgrade_data; then
    [ -z "$old" ] || start_service
    fail "数据没有升级成功,仍用原来的版本 ${old:-}"
fi
ln -sfn "$version" $programs/current
put_command
install -m 0644 minzheng.service $unit
start_service

say ""
say "已安装 minzheng $version。设置 $settings/config.toml,数据 $data,备份 $backups。"
[ -z "$old" ] || [ "$old" = "$version" ] ||
    say "原来的版本还在 $programs/$old;退回的办法见上面 minzheng upgrade 的说明,再把 $programs/current 指回 $old。"
[ -n "$old" ] || say "建第一个账号:minzheng account add 用户名 --role 管理员 --name 姓名"
command -v soffice >/dev/null ||
    say "没有 LibreOffice:不能生成 PDF,.doc、.wps 等旧格式只登记不识别;其余照常。"
[ -n "$(fc-list :lang=zh-cn 2>/dev/null)" ] ||
    say "没有中文字体:PDF 里的汉字会是方框。装 fonts-noto-cjk,有正版仿宋、楷体的更好。"
say "体检:minzheng doctor"
