# shellcheck shell=bash
# Commands that are for a cluster, wherever it is: over its REST API, in Java.

# command_remote WORD...
command_remote() {
  local code
  remote_java
  run_remote "$@"
  code=$?
  if [[ ! -e $ARCHIVE && $1 != __* && $code == 0 ]]; then
    keep_classes
  fi
  return $code
}

# Sets REMOTE, the command of the JVM, and ARCHIVE, the file of the classes that it loads each time.
remote_java() {
  local system=$DISTRIBUTION/system path='' jar
  find_java
  for jar in "$system"/io/serai/io.serai.{cli,api}/*/*.jar "$system"/info/picocli/picocli/*/*.jar \
    "$system"/com/fasterxml/jackson/core/jackson-core/*/*.jar "$system"/org/yaml/snakeyaml/*/*.jar; do
    path+=$jar:
  done
  ARCHIVE=${XDG_CACHE_HOME:-${HOME:-$DISTRIBUTION}/.cache}/serai/$(archive_id "$path").jsa
  # what does not fit any more is left alone by the JVM, which must not say so
  REMOTE=(
    "$JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xlog:disable -XX:-UsePerfData -Djdk.console=java.base
    "-Dserai.home=$HOME_DIR"
    "-Dserai.launcher.commands=${COMMANDS[*]}" -cp "${path%:}"
  )
}

# archive_id PATH: differs for every build of Serai and every Java
archive_id() {
  local jar=${1%%:*}
  printf '%s' "$JAVA $JAVA_VERSION $1 $(stat -c '%Y %s' "$jar" 2>/dev/null)" | cksum | tr ' ' '-'
}

run_remote() {
  local options=()
  [[ ! -e $ARCHIVE ]] || options=("-XX:SharedArchiveFile=$ARCHIVE")
  [[ ! -t 1 ]] || options+=(-Dserai.terminal=true)
  "${REMOTE[0]}" ${options[@]+"${options[@]}"} "${REMOTE[@]:1}" io.serai.cli.internal.line.Serai "$@"
}

# Has a JVM keep the classes of commands for later ones, in the background; if it cannot, commands are slower, and that is all.
keep_classes() {
  local fresh=$ARCHIVE.$$
  ! compgen -G "$ARCHIVE.*" >/dev/null || return 0
  (
    umask 077
    mkdir -p "${ARCHIVE%/*}" || exit
    find "${ARCHIVE%/*}" -name '*.jsa' -mtime +30 -delete
    # a training that fails has not loaded what commands need
    if "${REMOTE[0]}" "-XX:ArchiveClassesAtExit=$fresh" "${REMOTE[@]:1}" io.serai.cli.internal.line.Serai __train; then
      mv "$fresh" "$ARCHIVE"
    else
      rm -f "$fresh"
    fi
  ) </dev/null >/dev/null 2>&1 &
}
