# Runs a server for as long as the standard input stays open, that is for as long as our JVM lives.
#
# $1  file that gets the server's process id and is removed when the server has ended
# $2  signal that asks the server to stop
# $3  seconds after which a server that was asked is killed
# ... the server's command
#
# Exits with the server's status.

pid_file=$1 stop_signal=$2 grace_seconds=$3
shift 3
timer=

# Ctrl-C in a terminal reaches the whole foreground group. Whether and when the servers stop is the
# JVM's decision: it may want to drain first.
trap '' INT HUP
exec 3<&0
$(command -v setsid) "$@" </dev/null 3<&- &
server=$!
echo $server >"$pid_file"
# Nor is a signal to the whole group for us, such as timeout(1) sends: who ended would leave the server
# without anybody to stop it. The server itself must not ignore it, and so comes before.
trap '' TERM

{
  trap '[ -z "$timer" ] || { kill -s KILL $timer; wait $timer; }; exit' USR1
  while read -r line <&3; do :; done
  # The timer comes first: once the server is asked it may end, and we be told, at any time.
  sleep "$grace_seconds" 3<&- &
  timer=$!
  kill -s "$stop_signal" $server
  kill -s CONT $server # a stopped process would never notice
  wait $timer
  kill -s KILL $server
} >/dev/null 2>&1 &
watcher=$!
exec 3<&-

wait $server
status=$?
rm -f "$pid_file"
kill -s USR1 $watcher 2>/dev/null
wait $watcher 2>/dev/null
exit $status
