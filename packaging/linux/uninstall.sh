#!/bin/sh
# 卸载民政十五专档:/opt/minzheng/uninstall.sh [--with-data]
# The archive, the data and the backups stay, unless --with-data is said; backups always do.
set -eu
[ "$(id -u)" = 0 ] || {
    echo "请用管理员身份运行。" >&2
    exit 1
}
if [ -d /run/systemd/system ] && command -v systemctl >/dev/null; then
    systemctl disable --quiet --now minzheng 2>/dev/null || true
fi
rm -f /etc/systemd/system/minzheng.service /usr/local/bin/minzheng
if [ "${1:-}" = --with-data ]; then
    rm -rf /var/lib/minzheng/data /etc/minzheng
    echo "数据和设置已删除。扫描件 /var/lib/minzheng/archive、备份 /var/backups/minzheng 没有动。"
else
    echo "数据 /var/lib/minzheng、设置 /etc/minzheng、备份 /var/backups/minzheng 没有动。"
fi
rm -rf /opt/minzheng
echo "已卸载。"
