#!/usr/bin/env bash
# Makes sure that what the tests need beyond Go, a C compiler, Node and npm is
# here: PostgreSQL's server binaries and Chromium. Installs them by apt as root,
# else says exactly what to install.
set -euo pipefail

missing=()
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
command -v chromium >/dev/null 2>&1 || missing+=(chromium)
for program in go gcc node npm; do
	command -v "$program" >/dev/null 2>&1 || { echo "Install $program first: the tests cannot run without it." >&2; exit 1; }
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "installing ${missing[*]}"
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
else
	echo "The tests need ${missing[*]}. Install with: sudo apt-get install ${missing[*]}" >&2
	exit 1
fi
