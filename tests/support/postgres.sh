#!/bin/sh
# postgres.sh FOLDER PORT [setting ...]: a PostgreSQL server of its own for tests, in the foreground, on loopback and
# without passwords. FOLDER is made where there is none, and used again otherwise. Ends with 77 where PostgreSQL is not
# installed. The process that was started is the server itself, so that it can be stopped and killed by its id.
set -eu
folder=$1 port=$2
shift 2
initdb=$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)
[ -n "$initdb" ] || exit 77
bin=$(dirname "$initdb")

# It refuses to run as root.
as_user=
if [ "$(id -u)" = 0 ]; then as_user="setpriv --reuid=postgres --regid=postgres --clear-groups"; fi

if [ ! -e "$folder/PG_VERSION" ]; then
  mkdir -p "$folder"
  if [ -n "$as_user" ]; then chown postgres "$folder"; fi
  chmod 700 "$folder"
  $as_user "$bin/initdb" -D "$folder" -U costage -A trust -E UTF8 --locale=C.UTF-8 -N >/dev/null
fi
rm -f "$folder/postmaster.pid"
for setting in "$@"; do set -- "$@" -c "$setting"; shift; done
exec $as_user "$bin/postgres" -D "$folder" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= "$@"
