# shellcheck shell=bash
# Finds Java, JAVA_HOME first, and refuses versions that Karaf does not run on.

JAVA_FROM=17 JAVA_TO=23

require_java() {
  find_java
  if ((JAVA_MAJOR < JAVA_FROM || JAVA_MAJOR > JAVA_TO)); then
    fail 1 "Java $JAVA_VERSION ($JAVA) cannot run Serai. Java $JAVA_FROM to $JAVA_TO can." "$(suggest_java)"
  fi
}

find_java() {
  if [[ -n ${JAVA_HOME-} ]]; then
    JAVA=$JAVA_HOME/bin/java
    [[ -x $JAVA ]] || fail 1 "JAVA_HOME is $JAVA_HOME, and there is no bin/java in it." "$(suggest_java)"
  else
    JAVA=$(command -v java) || fail 1 "There is no Java on the PATH. Java $JAVA_FROM to $JAVA_TO is needed." "$(suggest_java)"
  fi
  JAVA_VERSION=$(java_version "$JAVA")
  [[ $JAVA_VERSION =~ ^(1\.)?([0-9]+) ]] || fail 1 "$JAVA does not tell its version. It printed: $JAVA_VERSION."
  JAVA_MAJOR=${BASH_REMATCH[2]}
}

# java_version EXECUTABLE: from the file beside it, because starting a JVM takes a while
java_version() {
  local executable=$1 line
  while [[ -L $executable ]]; do
    line=$(readlink "$executable")
    [[ $line == /* ]] || line=$(dirname "$executable")/$line
    executable=$line
  done
  local release=${executable%/bin/java}/release
  if [[ -r $release ]]; then
    while IFS= read -r line; do
      if [[ $line =~ ^JAVA_VERSION=\"(.*)\" ]]; then
        printf '%s' "${BASH_REMATCH[1]}"
        return
      fi
    done <"$release"
  fi
  # not the first line: a JVM may say before which options it picked up
  line=$("$1" -version 2>&1 | grep -m1 version)
  [[ $line =~ \"(.*)\" ]] && line=${BASH_REMATCH[1]}
  printf '%s' "$line"
}

# Names a Java of this machine that works, if there is one in the usual place.
suggest_java() {
  local candidate version
  for candidate in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [[ -x $candidate/bin/java ]] || continue
    version=$(java_version "$candidate/bin/java")
    version=${version%%.*}
    if [[ $version =~ ^[0-9]+$ ]] && ((version >= JAVA_FROM && version <= JAVA_TO)); then
      printf 'JAVA_HOME=%s %s %s' "$candidate" "$SELF" "$COMMAND"
      return
    fi
  done
  printf 'install Java 17, or set JAVA_HOME to the folder of one'
}
