# shellcheck shell=bash
# Making a first service from a template.

TEMPLATES=$DISTRIBUTION/examples/templates
JAVA_KEYWORDS=' abstract assert boolean break byte case catch char class const continue default do double else enum extends
 false final finally float for goto if implements import instanceof int interface long native new null package private
 protected public return short static strictfp super switch synchronized this throw throws transient true try void
 volatile while '

command_service() {
  local verb=${ARGUMENTS[0]-}
  case $verb in
    new) ARGUMENTS=("${ARGUMENTS[@]:1}") ;;
    '') usage 'What shall be done with a service?' ;;
    *) unknown option "$verb" new ;;
  esac
  service_options
  if [[ -n $SERVICE_PROJECT ]]; then
    new_project
  else
    new_file
  fi
}

service_options() {
  local word
  SERVICE_NAME='' SERVICE_PACKAGE='' SERVICE_INTO='' SERVICE_PROJECT=''
  while ((${#ARGUMENTS[@]})); do
    word=${ARGUMENTS[0]}
    case $word in
      --project) SERVICE_PROJECT=yes ;;
      --package | --into)
        ((${#ARGUMENTS[@]} > 1)) || usage "$word needs a value."
        [[ $word == --into ]] && SERVICE_INTO=${ARGUMENTS[1]} || SERVICE_PACKAGE=${ARGUMENTS[1]}
        ARGUMENTS=("${ARGUMENTS[@]:1}")
        ;;
      -*) unknown option "$word" --project --package --into --home --node ;;
      *)
        [[ -z $SERVICE_NAME ]] || usage "A service has one name; '$word' is a second one."
        SERVICE_NAME=$word
        ;;
    esac
    ARGUMENTS=("${ARGUMENTS[@]:1}")
  done
  check_service_name
}

check_service_name() {
  [[ -n $SERVICE_NAME ]] || usage 'The service needs a name, such as orders.get.'
  if [[ ! $SERVICE_NAME =~ ^[a-z][a-z0-9]*([._-][a-z0-9]+)*$ ]] || ((${#SERVICE_NAME} > 128)); then
    usage "'$SERVICE_NAME' cannot be the name of a service. Use lower-case letters and digits, parted by dots or hyphens, such as orders.get."
  fi
  local first=${SERVICE_NAME%%[._-]*} part
  SERVICE_PACKAGE=${SERVICE_PACKAGE:-$first}
  if [[ ! $SERVICE_PACKAGE =~ ^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*$ ]]; then
    usage "'$SERVICE_PACKAGE' cannot be a package. Use lower-case words parted by dots, such as com.acme."
  fi
  for part in ${SERVICE_PACKAGE//./ }; do
    if [[ $JAVA_KEYWORDS == *[[:space:]]"$part"[[:space:]]* ]]; then
      usage "'$part' is a word of the Java language and cannot be in a package. Choose one with --package."
    fi
  done
  SERVICE_PATH=/${SERVICE_NAME//./\/}
  SERVICE_CLASS=''
  for part in ${SERVICE_NAME//[._-]/ }; do
    SERVICE_CLASS+=${part^}
  done
}

new_file() {
  local folder=${SERVICE_INTO:-.} file
  if [[ $folder == deploy ]]; then
    folder=$NODE_DIR/deploy
    [[ -d $folder ]] || fail 3 "$NODE has not been created, so it has no drop folder." "$SELF quickstart"
  fi
  file=$folder/$SERVICE_CLASS.java
  [[ -d $folder ]] || fail 1 "There is no folder $folder." "mkdir -p $folder"
  [[ ! -e $file ]] || fail 1 "$file exists already, and is left as it is." "$SELF service new another.name"
  fill_template "$TEMPLATES/single/@CLASS@.java" "$file" || fail 1 "$file cannot be written."
  say "Made $file"
  [[ $SERVICE_INTO == deploy ]] || say "Deploy it:  cp $(quoted "$file") $(quoted "$NODE_DIR/deploy/")"
  say "Call it:    curl 'http://localhost:$HTTP_PORT$SERVICE_PATH?name=Ann'"
}

new_project() {
  local folder=${SERVICE_INTO:-.}/$SERVICE_NAME template=$TEMPLATES/project file target
  [[ ! -e $folder ]] || fail 1 "$folder exists already, and is left as it is." "$SELF service new another.name --project"
  while IFS= read -r file; do
    target=${file//@PACKAGE@/${SERVICE_PACKAGE//./\/}}
    target=$folder/${target//@CLASS@/$SERVICE_CLASS}
    mkdir -p "$(dirname "$target")"
    fill_template "$template/$file" "$target" || fail 1 "$target cannot be written."
  done < <(cd "$template" && find . -type f | sed 's#^\./##')
  add_repository "$folder/pom.xml" || fail 1 "$folder/pom.xml cannot be written."
  say "Made $folder"
  say "Test it:    mvn -f $(quoted "$folder") package"
  say "Deploy it:  cp $(quoted "$folder/target/$SERVICE_NAME.jar") $(quoted "$NODE_DIR/deploy/")"
  say "Call it:    curl 'http://localhost:$HTTP_PORT$SERVICE_PATH?name=Ann'"
}

# fill_template FROM TO: by way of a hidden file, so that a node never sees half of it
fill_template() {
  local part
  part=$(dirname "$2")/.$(basename "$2")
  sed -e "s#@NAME@#$SERVICE_NAME#g" -e "s#@CLASS@#$SERVICE_CLASS#g" -e "s#@PACKAGE@#$SERVICE_PACKAGE#g" \
    -e "s#@PATH@#$SERVICE_PATH#g" "$1" >"$part" && mv "$part" "$2"
}

# Lets Maven find the API in the distribution, so that a project builds where nobody has installed it.
add_repository() {
  local line blanks=${DISTRIBUTION// /%20}
  while IFS= read -r line; do
    if [[ $line == '  <dependencies>' ]]; then
      printf '  <repositories>\n    <repository>\n      <id>serai</id>\n      <url>file://%s/system</url>\n' "$blanks"
      printf '    </repository>\n  </repositories>\n\n'
    fi
    printf '%s\n' "$line"
  done <"$1" >"$1.new" && mv "$1.new" "$1"
}
