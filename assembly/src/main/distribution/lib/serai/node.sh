# shellcheck shell=bash
# The folder of a node: made from the distribution, and brought up to it when that has changed.

# Makes the folders of the node, for its owner only.
make_folders() {
  umask 077
  mkdir -p "$NODE_DIR/deploy" "$NODE_DIR/etc" "$NODE_DIR/data/tmp" "$NODE_DIR/log" "$NODE_DIR/run" \
    || fail 1 "The folder of $NODE cannot be made in $HOME_DIR." "$SELF --home DIR $COMMAND"
}

# Fills the folders, or brings them up to the distribution. The node must not run.
prepare_node() {
  if [[ -n $CHOSEN_BASE_PORT ]]; then
    printf '%s\n' "$CHOSEN_BASE_PORT" >"$HOME_DIR/base-port"
  fi
  if [[ -n $CHOSEN_HOST ]]; then
    printf '%s\n' "$CHOSEN_HOST" >"$HOME_DIR/host"
  fi
  if [[ -n ${CHOSEN_GROUPS+chosen} ]]; then
    NODE_GROUPS=$CHOSEN_GROUPS
    printf '%s\n' "$NODE_GROUPS" >"$NODE_DIR/groups"
  fi
  local build
  build=$(build_id)
  if [[ ! -f $NODE_DIR/run/build || $(<"$NODE_DIR/run/build") != "$build" ]]; then
    # bundles are installed anew from the distribution, and artifacts from the state
    rm -rf "$NODE_DIR/data/cache"
    update_etc || fail 1 "The configuration of $NODE cannot be written to $NODE_DIR/etc."
    printf '%s\n' "$build" >"$NODE_DIR/run/build"
  fi
  if [[ ! -f $NODE_DIR/etc/host.key || ! -f $NODE_DIR/etc/shell.key ]]; then
    run_cli keys "$NODE_DIR/etc" "$(owner)" || exit 1
  fi
}

# Tells whether what the node was made from is still what the distribution has.
build_id() {
  (cd "$DISTRIBUTION" && find etc system/io/serai -type f -exec cksum {} + | LC_ALL=C sort | cksum)
}

owner() {
  local user
  user=$(id -un 2>/dev/null)
  [[ $user =~ ^[A-Za-z][A-Za-z0-9._-]*$ ]] || user=serai
  printf '%s' "$user"
}

# Copies the configuration of the distribution; files that a person has changed stay, except those that are bound to
# the version of the distribution.
update_etc() {
  local etc=$NODE_DIR/etc shipped=$NODE_DIR/run/etc.shipped name kept=''
  while read -r _ _ name; do
    if [[ -e $etc/$name ]] && ! bound_to_version "$name" && ! unchanged "$etc" "$name" "$shipped"; then
      kept+=" $name"
      continue
    fi
    mkdir -p "$(dirname "$etc/$name")" && cp "$DISTRIBUTION/etc/$name" "$etc/$name" || return 1
  done < <(checksums "$DISTRIBUTION/etc")
  checksums "$DISTRIBUTION/etc" >"$shipped"
  if [[ -n $kept && $kept != ' keys.properties' ]]; then
    say "Kept changed configuration:$kept"
  fi
}

# checksums FOLDER: of its files, without line breaks at their ends, which Karaf adds when it saves one
checksums() {
  local name
  (cd "$1" && find . -type f) | while IFS= read -r name; do
    checksum "$1" "${name#./}"
  done
}

checksum() {
  printf '%s %s\n' "$(printf '%s' "$(<"$1/$2")" | cksum)" "$2"
}

bound_to_version() {
  case $1 in
    config.properties | startup.properties | system.properties | jre.properties | custom.* | org.apache.karaf.features.*) ;;
    *) return 1 ;;
  esac
}

# unchanged ETC NAME SHIPPED: whether a file is as it was shipped
unchanged() {
  [[ -f $3 ]] && grep -qxF "$(checksum "$1" "$2")" "$3"
}

# run_cli ARGUMENT...: the part of the command that is written in Java
run_cli() {
  [[ -n ${JAVA-} ]] || find_java
  local system=$DISTRIBUTION/system path='' jar
  for jar in "$system"/io/serai/io.serai.cli/*/*.jar "$system"/org/apache/sshd/sshd-osgi/*/*.jar \
    "$system"/org/jline/jline/*/*.jar "$system"/org/ops4j/pax/logging/pax-logging-api/*/*.jar "$DISTRIBUTION"/lib/boot/osgi.core-*.jar; do
    path+=$jar:
  done
  "$JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Dorg.ops4j.pax.logging.DefaultServiceLog.level=NONE \
    -cp "${path%:}" io.serai.cli.internal.Main "$@"
}
