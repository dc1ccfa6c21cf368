#!/usr/bin/env bash
# Runs a command with MUSTER_TEST_DATABASE_URL naming a throw-away PostgreSQL
# cluster on a free loopback port, and removes the cluster afterwards.
# PostgreSQL refuses to run as root; as root it runs as nobody.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
folder=$(mktemp -d /tmp/muster-pg.XXXXXX)
port=$(python3 - <<'PY' 2>/dev/null || shuf -i 20000-40000 -n 1
import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])
PY
)
as() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"; else "$@"; fi; }
stop() {
	as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
	rm -rf "$folder"
}
trap stop EXIT

[ "$(id -u)" -eq 0 ] && chown nobody:nogroup "$folder"
as "$bin/initdb" -D "$folder/data" -U muster -A trust --locale=C.UTF-8 -E UTF8 >/dev/null
as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
	-o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c max_connections=200" start >/dev/null
export MUSTER_TEST_DATABASE_URL="postgres://muster@127.0.0.1:$port/postgres?sslmode=disable"
"$@"
