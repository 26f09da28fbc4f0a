#!/bin/sh
# Checks that the given Debian packages are installed; installs the missing ones for root, else prints the line.
command -v dpkg-query >/dev/null 2>&1 || exit 0
missing=""
for package in "$@"; do
	# Newer releases add t64 to some names.
	dpkg-query -W -f '${Status}\n' "$package" "${package}t64" 2>/dev/null | grep -q '^install ok installed' ||
		missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ]; then
	echo "Installing system libraries:$missing"
	apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
fi
echo "Mien needs some system libraries. Install them with:"
echo "  sudo apt-get install$missing"
