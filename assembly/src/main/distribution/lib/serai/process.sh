# shellcheck shell=bash disable=SC2034
# The process of a node, and whether it answers.

# Sets PID, RUNS_SINCE and the ports from run/pid if that process still runs; a file that a crash left behind is removed.
find_process() {
  local ticks port
  PID='' RUNS_SINCE=''
  [[ -f $NODE_DIR/run/pid ]] || return 1
  read -r PID ticks port RUNS_SINCE <"$NODE_DIR/run/pid"
  if [[ $PID =~ ^[0-9]+$ ]] && [[ $(started_at "$PID") == "$ticks" ]] && is_this_node "$PID"; then
    set_ports "$port"
    return 0
  fi
  rm -f "$NODE_DIR/run/pid"
  PID=''
  return 1
}

# stat_of PID: sets STAT to what Linux says of a process after its name, which may have blanks: the state, and 49 numbers
stat_of() {
  local stat=''
  [[ ! -r /proc/$1/stat ]] || stat=$(<"/proc/$1/stat")
  read -ra STAT <<<"${stat##*) }"
  ((${#STAT[@]}))
} 2>/dev/null

# started_at PID: when a process started, in a form that tells it from a later one of the same number
started_at() {
  if stat_of "$1"; then
    printf '%s' "${STAT[19]}"
  else
    ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' '_'
  fi
}

is_this_node() {
  local line
  if [[ -r /proc/$1/cmdline ]]; then
    line=$(tr '\0' '\n' <"/proc/$1/cmdline" 2>/dev/null)
  else
    line=$(ps -o command= -p "$1" 2>/dev/null)
  fi
  [[ $line == *"-Dserai.node.dir=$NODE_DIR"* ]]
}

alive() {
  [[ -n $PID ]] && kill -0 "$PID" 2>/dev/null && [[ $(started_at "$PID") != '' ]] && ! is_zombie
}

# a dead process that no one has asked for; while other threads of it end, it still holds its ports
is_zombie() {
  stat_of "$PID" && [[ ${STAT[0]} == Z ]] && ((STAT[17] <= 1))
}

# http_get PATH: sets HTTP_STATUS and HTTP_BODY; needs neither curl nor wget
http_get() {
  local response
  response=$(http_exchange "$1" 2>/dev/null)
  HTTP_STATUS='' HTTP_BODY=''
  if [[ $response =~ ^HTTP/1\.[01]\ ([0-9]{3}) ]]; then
    HTTP_STATUS=${BASH_REMATCH[1]}
    HTTP_BODY=${response#*$'\r\n\r\n'}
  fi
  [[ $HTTP_STATUS == 200 ]]
}

http_exchange() {
  local line
  exec 3<>"/dev/tcp/127.0.0.1/$HTTP_PORT" || return
  printf 'GET %s HTTP/1.0\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n' "$1" "$HTTP_PORT" >&3
  while IFS= read -r -t 5 line <&3; do
    printf '%s\n' "$line"
  done
  printf '%s' "$line"
}

ready() {
  http_get /health/ready
}

# port_owner PORT: the process that listens there, as far as it can be seen
port_owner() {
  local line
  if command -v ss >/dev/null; then
    line=$(ss -Hltnp "sport = :$1" 2>/dev/null)
    [[ $line =~ \(\(\"([^\"]+)\",pid=([0-9]+) ]] && printf '%s (pid %s)' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
  elif command -v lsof >/dev/null; then
    line=$(lsof -nP -iTCP:"$1" -sTCP:LISTEN -Fpc 2>/dev/null | tr '\n' ' ')
    [[ $line =~ p([0-9]+)\ c([^ ]+) ]] && printf '%s (pid %s)' "${BASH_REMATCH[2]}" "${BASH_REMATCH[1]}"
  fi
}
