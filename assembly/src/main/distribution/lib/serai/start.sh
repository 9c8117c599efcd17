# shellcheck shell=bash
# Starting and stopping a node.

READY_SECONDS=60 STOP_SECONDS=60

command_start() {
  local name
  no_more_arguments
  for name in "${NODES[@]}"; do
    use_node "$name"
    start_node
    say "$NODE is ready: http://localhost:$HTTP_PORT"
  done
}

# Starts the node unless it runs, and waits until it is ready.
start_node() {
  if find_process && ready; then
    require_groups
    say "$NODE is already running (pid $PID)."
    return
  fi
  require_java
  make_folders
  lock_start
  if find_process; then
    say "$NODE is already starting (pid $PID)."
    await_ready "$(milliseconds)" 0
    return
  fi
  require_ports
  prepare_node
  prepare_membership
  take_first_password
  local begin offset=0
  begin=$(milliseconds)
  [[ -f $NODE_DIR/log/serai.log ]] && offset=$(wc -c <"$NODE_DIR/log/serai.log")
  launch
  trap 'stop_process; exit 130' INT TERM
  await_ready "$begin" "$offset"
  require_admission "$offset"
  trap - INT TERM
  say "Started $NODE in $(seconds_since "$begin") (pid $PID)."
  show_first_password
}

# A node that runs keeps the groups it was started with.
require_groups() {
  if [[ -n ${CHOSEN_GROUPS+chosen} && $CHOSEN_GROUPS != "$NODE_GROUPS" ]]; then
    fail 1 "$NODE runs already, with the groups '$NODE_GROUPS'." "$SELF restart $NODE --groups '$CHOSEN_GROUPS'"
  fi
}

# Lets one start at a time pass; the lock goes with this process, whatever happens to it.
lock_start() {
  command -v flock >/dev/null || return 0
  exec 9>"$NODE_DIR/run/start.lock"
  flock -w $((READY_SECONDS + 10)) 9 || fail 7 "Another start of $NODE takes too long." "$SELF status $NODE"
}

require_ports() {
  local port owner
  for port in "$HTTP_PORT" "$SHELL_PORT" "$ADMIN_PORT" "$CLUSTER_PORT"; do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      owner=$(port_owner "$port")
      fail 1 "$NODE cannot start. Port $port is used by ${owner:-another process}." \
        "$SELF start $NODE --base-port $((BASE_PORT + 1000))"
    fi
  done
}

launch() {
  local path='' jar
  for jar in "$DISTRIBUTION"/lib/boot/*.jar "$DISTRIBUTION"/lib/jdk9plus/*.jar; do
    path+=$jar:
  done
  java_options
  # a session of its own, so that closing the terminal does not end the node
  local session=(setsid)
  command -v setsid >/dev/null || session=(nohup)
  (
    cd "$NODE_DIR" || exit 1
    MALLOC_ARENA_MAX=2 exec "${session[@]}" "$JAVA" "${JAVA_OPTIONS[@]}" -cp "${path%:}" org.apache.karaf.main.Main
  ) </dev/null >"$NODE_DIR/log/console.log" 2>&1 9>&- &
  PID=$!
  printf '%s %s %s %s\n' "$PID" "$(started_at "$PID")" "$BASE_PORT" "$(date +%s)" >"$NODE_DIR/run/pid.new"
  mv "$NODE_DIR/run/pid.new" "$NODE_DIR/run/pid"
}

# SERAI_HEAP is the largest heap, SERAI_JAVA_OPTS are more options of the JVM.
java_options() {
  local package
  JAVA_OPTIONS=("-Xmx${SERAI_HEAP:-512m}" -XX:+ExitOnOutOfMemoryError)
  # the serial collector keeps the process small; a young generation that is not stinted, and room for the classes of a
  # node and of 4,000 services, spare a start and a large batch full collections and a third of their pauses
  if [[ ${SERAI_JAVA_OPTS-} != *-XX:+Use*GC* ]]; then
    JAVA_OPTIONS+=(-XX:+UseSerialGC -Xms320m -Xmn128m -XX:MetaspaceSize=192m)
  fi
  # thirty times the thresholds of the optimising compiler: while a node starts or deploys a batch, it would take up to half
  # of both processors for code that runs once; what requests run through is optimised after some seconds of load all the same
  JAVA_OPTIONS+=(
    -XX:Tier4InvocationThreshold=150000 -XX:Tier4MinInvocationThreshold=18000
    -XX:Tier4CompileThreshold=450000 -XX:Tier4BackEdgeThreshold=1200000
  )
  # except for ciphers and hashes, which the optimising compiler makes six times as fast, and which all of a large artifact
  # runs through between nodes
  JAVA_OPTIONS+=(-XX:CompileCommand=quiet)
  for package in com.sun.crypto.provider sun.security.provider org.eclipse.jgit.util.sha1; do
    JAVA_OPTIONS+=("-XX:CompileCommand=CompileThresholdScaling,$package.*::*,0.03")
  done
  # EventAdmin asks for the subject of the caller, which Java 18 and later allow only so
  if ((JAVA_MAJOR > 17)); then
    JAVA_OPTIONS+=(-Djava.security.manager=allow)
  fi
  for package in java.base/java.lang java.base/java.net java.base/java.security java.base/java.util java.naming/javax.naming.spi; do
    JAVA_OPTIONS+=(--add-opens "$package=ALL-UNNAMED")
  done
  for package in java.base/sun.net.www.protocol.{file,http,https,jar} java.naming/com.sun.jndi.ldap java.security.sasl/com.sun.security.sasl; do
    JAVA_OPTIONS+=(--add-exports "$package=ALL-UNNAMED")
  done
  JAVA_OPTIONS+=(
    "-Dkaraf.home=$DISTRIBUTION" "-Dkaraf.base=$NODE_DIR" "-Dkaraf.data=$NODE_DIR/data" "-Dkaraf.etc=$NODE_DIR/etc"
    "-Dkaraf.log=$NODE_DIR/log" "-Dkaraf.instances=$NODE_DIR/run" "-Dkaraf.name=$NODE"
    "-Djava.io.tmpdir=$NODE_DIR/data/tmp" "-Djava.util.logging.config.file=$NODE_DIR/etc/java.util.logging.properties"
    "-Dserai.node=$NODE" "-Dserai.groups=$NODE_GROUPS" "-Dserai.host=$HOST" "-Dserai.node.dir=$NODE_DIR"
    "-Dserai.http.port=$HTTP_PORT" "-Dserai.shell.port=$SHELL_PORT" "-Dserai.admin.port=$ADMIN_PORT" "-Dserai.cluster.port=$CLUSTER_PORT"
  )
  # shellcheck disable=SC2206
  JAVA_OPTIONS+=(${SERAI_JAVA_OPTS-})
}

# await_ready BEGIN OFFSET: waits until the node answers; otherwise says why it does not, and stops it
await_ready() {
  while ! ready || ! admitted; do
    if ! alive; then
      rm -f "$NODE_DIR/run/pid"
      why_not "$2"
      fail 1 "$NODE ended while it started." "$SELF logs $NODE"
    fi
    require_admission "$2"
    if (($(milliseconds) - $1 > READY_SECONDS * 1000)); then
      why_not "$2"
      stop_process
      fail 7 "$NODE was not ready after $READY_SECONDS s, and was stopped." "$SELF logs $NODE"
    fi
    sleep 0.1
  done
}

# why_not OFFSET: what the log says since then
why_not() {
  local log=$NODE_DIR/log/serai.log errors=''
  [[ -f $log ]] && errors=$(tail -c +"$(($1 + 1))" "$log" | grep -m1 -A2 -E '^[^ ]+ (ERROR|FATAL)')
  printf '%s\n' "${errors:-$(tail -5 "$NODE_DIR/log/console.log" 2>/dev/null)}" >&2
  if [[ -n $HTTP_BODY ]]; then
    printf '/health/ready: %s\n' "$HTTP_BODY" >&2
  fi
}

command_stop() {
  local name
  no_more_arguments
  for name in "${NODES[@]}"; do
    use_node "$name"
    stop_node
  done
}

stop_node() {
  if ! find_process; then
    say "$NODE does not run."
    return
  fi
  stop_process
  say "Stopped $NODE."
}

# One node after the other, so that the cluster goes on.
command_restart() {
  local name
  no_more_arguments
  for name in "${NODES[@]}"; do
    use_node "$name"
    stop_node
    start_node
    say "$NODE is ready: http://localhost:$HTTP_PORT"
  done
}

# Asks the process to end, and kills it if it does not.
stop_process() {
  local begin
  begin=$(milliseconds)
  kill -TERM "$PID" 2>/dev/null
  while alive; do
    if (($(milliseconds) - begin > STOP_SECONDS * 1000)); then
      complain "$NODE did not stop within $STOP_SECONDS s, and was killed."
      kill -KILL "$PID" 2>/dev/null
      begin=$(milliseconds)
    fi
    sleep 0.1
  done
  rm -f "$NODE_DIR/run/pid"
}
