# What bin/ferry and bin/ferryd share, sourced by both: find a JDK, build where a source is newer than
# the last build, start. They set home (the tree), program, main (its class) and memory (options of the JVM).
#
# target/launch holds:
#   stamp       as old as the start of the last good build; names its folder
#   build-*/    the jars of a build, and classes.aot made of them. Never written again, so that a later build
#               harms no running server; the last two are kept
#   lock        held by whoever builds
#   build.log   what Maven said last
# Maven works in target/launch of each module, so that a build here and a `mvn verify` never meet.
set -u
launch=$home/target/launch

fail() {
  printf '%s: %s\n' "$program" "$1" >&2
  exit 70
}

# Is this folder a JDK 25 or newer? Its release file tells sooner than its java.
suits() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r key value; do
    if [ "$key" = JAVA_VERSION ]; then
      value=${value#\"}
      value=${value%%[!0-9]*}
      [ "${value:-0}" -ge 25 ]
      return
    fi
  done <"$1/release"
  return 1
}

find_jdk() {
  if [ -n "${FERRY_JAVA_HOME:-}" ]; then
    jdk=$FERRY_JAVA_HOME
    suits "$jdk" || fail "FERRY_JAVA_HOME is $jdk, which is no JDK 25 or newer"
    return
  fi
  jdk=${JAVA_HOME:-}
  suits "$jdk" && return
  if java=$(command -v java); then
    jdk=$(dirname "$(dirname "$(readlink -f -- "$java")")")
    suits "$jdk" && return
  fi
  for jdk in /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /opt/* \
    /usr/local/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    suits "$jdk" && return
  done
  fail 'no JDK 25 or newer found: install one, or set FERRY_JAVA_HOME to its folder'
}

# Is there a build, and nothing newer than it among what it was made of?
built() {
  [ -f "$launch/stamp" ] && read -r name <"$launch/stamp" && [ -d "$launch/$name" ] || return 1
  set -- "$home/pom.xml" "$home/testdata/library"
  for part in protocol transfer server client; do
    set -- "$@" "$home/ftp-$part/pom.xml" "$home/ftp-$part/src/main"
  done
  [ -z "$(find "$@" -newer "$launch/stamp" -print -quit 2>/dev/null)" ]
}

# Waits until nobody else builds. The lock lasts until descriptor 9 is closed.
lock() {
  (mkdir -p "$launch" && : >>"$launch/lock") 2>/dev/null ||
    fail "cannot build: $launch is not writable for $(id -un)"
  exec 9>"$launch/lock"
  if command -v flock >/dev/null; then
    flock -n 9 || {
      printf '%s: waiting for another build of Ferry\n' "$program" >&2
      flock 9
    }
  else # as on macOS
    perl -e 'open(my $lock, ">&=", 9); flock($lock, 2)'
  fi
}

# Ends in a JVM on the build. Its own messages go to standard error: standard output is for results.
# It says nothing of a cache that is missing or does not fit, and does without.
jvm() {
  exec "$jdk/bin/java" -XX:+UseSerialGC -XX:-UsePerfData --enable-native-access=ALL-UNNAMED \
    -Xlog:disable '-Xlog:all=error,aot*=off,cds*=off:stderr' "-Dferry.home=$home" \
    -cp "$launch/$name"/ftp-client-*.jar "$@"
}

# The classes that a run of the demo loads, both ends of it, as the JVM maps them into memory: they save
# half of the time of a short command. The run is over many small files, so that the JVM knows from the
# first moment what is worth compiling. The JVM takes the cache only with the same class path, and only
# classes of Java 6 and newer into it, which picocli's are not.
cache_classes() {
  for picocli in "$launch/$name"/picocli-*.jar; do
    "$jdk/bin/java" -cp "$picocli" "$home/bin/NewerClasses.java" "$picocli" >>"$launch/build.log" 2>&1
  done
  practice=$launch/$name/practice
  for folder in 1 2 3 4 5 6 7 8; do
    mkdir -p "$practice/testdata/library/$folder" || return
    for file in 1 2 3 4 5 6 7 8 9; do
      head -c 4096 /dev/urandom >"$practice/testdata/library/$folder/$file"
    done
    for copy in 1 2 3 4 5 6 7 8; do
      cp -R "$practice/testdata/library/$folder" "$practice/testdata/library/$folder$copy"
    done
  done
  (jvm "-XX:AOTCacheOutput=$launch/$name/classes.aot" "-Dferry.home=$practice" \
    dev.ferry.client.cli.Ferry demo) >>"$launch/build.log" 2>&1 </dev/null
  status=$?
  rm -rf "$practice"
  return "$status"
}

build() {
  lock
  built && return # meanwhile, by whoever held the lock
  command -v mvn >/dev/null || fail 'Maven is needed to build Ferry, and there is no mvn on the PATH'
  printf '%s: building Ferry; the first time takes a minute or two\n' "$program" >&2
  name=build-$(date +%s)-$$
  printf '%s\n' "$name" >"$launch/stamp.new"
  made=$home/ftp-client/target/launch/lib
  # Without the marks, else Maven unpacks no library again.
  rm -rf "$made" "$home/ftp-client/target/launch/dependency-maven-plugin-markers"
  (cd "$home" && JAVA_HOME=$jdk mvn -B -q -ntp -Plaunch -Dbuild.folder=target/launch \
    -pl ftp-client -am package) >"$launch/build.log" 2>&1 </dev/null ||
    fail "the build failed; its log is $launch/build.log"
  cp -R "$made" "$launch/$name" || fail "cannot copy the build to $launch/$name"
  cache_classes || rm -f "$launch/$name"/classes.aot*
  previous=
  [ -f "$launch/stamp" ] && read -r previous <"$launch/stamp"
  mv "$launch/stamp.new" "$launch/stamp"
  for old in "$launch"/build-[0-9]*; do
    case ${old##*/} in
      "$name" | "$previous") ;;
      *) rm -rf "$old" ;;
    esac
  done
}

# In any other locale the JDK cannot open a file whose name is not ASCII.
[ "$(locale charmap 2>/dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8

find_jdk
built || build
exec 9>&- # else the lock would last as long as the program
jvm $memory "-XX:AOTCache=$launch/$name/classes.aot" "$main" "$@"
