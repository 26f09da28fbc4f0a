#!/bin/sh
# Installs Mien for the person who runs this (no root, nothing outside their home), or removes it:
#     sh install.sh
#     sh ~/.local/lib/mien/install.sh --remove
set -eu

here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-${HOME:?is not set: Mien is installed into it}/.local/share}
program=$HOME/.local/lib/mien
link=$HOME/.local/bin/mien
entry=$data/applications/mien.desktop
icon=$data/icons/hicolor/scalable/apps/mien.svg

ours() { [ "$(readlink "$link" 2>/dev/null)" = "$program/mien" ]; }

if [ "${1:-}" = --remove ]; then
    if ours; then rm -f "$link"; fi
    rm -f "$entry" "$icon"
    rm -rf "$program"
    echo "Removed. Your models and trainings are still in $data/mien, your settings in ${XDG_CONFIG_HOME:-$HOME/.config}/mien."
    exit
fi
if [ "$#" -gt 0 ]; then
    echo "install.sh takes no words but --remove." >&2
    exit 2
fi
if [ "$here" = "$program" ]; then
    echo "Mien is installed in $program already. --remove removes it." >&2
    exit 2
fi
if [ -e "$program" ] && [ ! -f "$program/install.sh" ]; then
    echo "$program is there and is not what this installs. Move it away, then run this again." >&2
    exit 2
fi

mkdir -p "$(dirname "$program")" "$(dirname "$link")" "$(dirname "$entry")" "$(dirname "$icon")"
# Beside it first: what stops half way leaves the Mien that was there.
rm -rf "$program.new"
cp -R "$here" "$program.new"
rm -rf "$program"
mv "$program.new" "$program"
cp "$here/mien.svg" "$icon"
{
    grep -v '^Exec=' "$here/mien.desktop"
    printf 'Exec="%s"\n' "$program/mien"
} >"$entry"

echo "Installed in $program; \`Mien\` is in the desktop's menu."
if ours || [ ! -e "$link" ] && [ ! -L "$link" ]; then
    ln -sf "$program/mien" "$link"
    case ":$PATH:" in
    *":$HOME/.local/bin:"*) echo "In a terminal: mien" ;;
    *) echo "In a terminal: $link" ;;
    esac
else
    echo "$link is another Mien and stays. In a terminal: $program/mien"
fi
