#!/usr/bin/env bash
# Fills photos with Spark on this machine, and checks each result against ./inpaint fill, byte for byte:
#   tools/spark/standalone.sh [PHOTOS]      60 photos if none are said
# local[1], local[2], then a standalone cluster on loopback of two worker processes with a core each; then
# again with an executor that is killed with SIGKILL in the middle. Prints a table. Ends with 1 if a
# picture is missing, differs, or is there twice.
#   INPAINT_SPARK_PORT   of the master, 17077 if none is said; its page is on the next port
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
photos=${1:-60}
port=${INPAINT_SPARK_PORT:-17077}
work=$root/inpaint-spark/target/standalone
pictures=$root/inpaint-cli/src/main/resources/org/inpaint4j/cli
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
master=spark://127.0.0.1:$port
daemons=()

fail() {
  echo "standalone.sh: $*" >&2
  exit 1
}

end() {
  local pid
  for pid in ${daemons[@]+"${daemons[@]}"}; do
    kill "$pid" 2>/dev/null || true
  done
  wait 2>/dev/null || true
}
trap end EXIT

rm -rf "$work"
mkdir -p "$work"
"$java" "$here/Photos.java" "$pictures/portrait.jpg" "$pictures/rocket.jpg" "$photos" "$work"

# Runs a command; prints its wall time and the processor time of it and its children.
TIMEFORMAT='%R s, processor %U + %S s'
timed() {
  local name=$1
  shift
  { time "$@" >"$work/$name.log" 2>&1; } 2>"$work/$name.time" || {
    tail -n 40 "$work/$name.log" >&2
    fail "$name failed: see $work/$name.log"
  }
  printf '%-28s %s\n' "$name" "$(tail -n 1 "$work/$name.time")"
}

same() {
  local out=$1
  [ "$(find "$out" -mindepth 1 | wc -l)" -eq "$photos" ] || fail "$out must hold $photos files: found $(find "$out" -mindepth 1 | wc -l)"
  diff -rq "$work/one" "$out" >&2 || fail "$out must have the bytes of one machine: found others"
  printf '%-28s %s files, each with the bytes of ./inpaint fill\n' "" "$photos"
}

submit() {
  local out=$1
  shift
  "$root/inpaint" spark-fill "$@" -- --in "$work/photos" --masks "$work/masks" --out "$work/$out" \
    --pictures-per-task 3
}

export SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_DIRS=$work/local
# ND4J adds up in another order with another number of threads, which can change a sample by a level. So all
# runs have the threads of one core.
export OMP_NUM_THREADS=1
common=(--conf spark.ui.enabled=false --conf spark.driver.host=127.0.0.1 --driver-memory 1g)
# Two processes of one core each, with the threads of one core.
one_core=(--conf spark.executorEnv.OMP_NUM_THREADS=1 --conf spark.executorEnv.OMP_WAIT_POLICY=PASSIVE
  --conf "spark.executor.extraJavaOptions=-XX:ActiveProcessorCount=1 -XX:+UseSerialGC -Djava.awt.headless=true")

timed fill "$root/inpaint" fill --image "$work/photos" --mask "$work/masks" --out "$work/one"
for threads in 1 2; do
  timed "local-$threads" submit "local-$threads" "${common[@]}" --master "local[$threads]"
  same "$work/local-$threads"
done

"$here/spark-class" org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" \
  --webui-port $((port + 1)) >"$work/master.log" 2>&1 &
daemons+=($!)
workers=()
for n in 1 2; do
  "$here/spark-class" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --cores 1 --memory 3g \
    --webui-port $((port + 1 + n)) --work-dir "$work/worker-$n" "$master" >"$work/worker-$n.log" 2>&1 &
  daemons+=($!)
  workers+=($!)
done

# Seconds of processor that the ended children of the workers took: their executors.
executors_seconds() {
  local pid ticks=0
  for pid in "${workers[@]}"; do
    ticks=$((ticks + $(awk '{ sub(/.*\) /, ""); print $14 + $15 }' "/proc/$pid/stat")))
  done
  echo $((ticks / $(getconf CLK_TCK)))
}

cluster() {
  submit "$1" "${common[@]}" "${one_core[@]}" --master "$master" --executor-memory 2g --executor-cores 1
}

timed two-workers cluster two-workers
sleep 3
echo "                             processor of the executors: $(executors_seconds) s"
same "$work/two-workers"

# Kills one executor as soon as a fourth of the photos are there.
kill_one() {
  local executor='' there
  while true; do
    there=$(find "$work" -path "$work/one-killed/[^.]*.png" | wc -l)
    if [ "$there" -ge $((photos / 4)) ]; then
      executor=$(pgrep -P "${workers[0]}" -f CoarseGrainedExecutorBackend)
      break
    fi
    sleep 0.5
  done
  kill -KILL "$executor"
  echo "killed the executor $executor when $there of $photos photos were there"
}
kill_one >"$work/killed.txt" 2>&1 &
killer=$!
timed one-killed cluster one-killed
wait "$killer" || fail "no executor was killed: $(cat "$work/killed.txt")"
printf '%-28s %s\n' "" "$(cat "$work/killed.txt")"
started=$(find "$work"/worker-*/app-* -mindepth 1 -maxdepth 1 -type d | wc -l)
[ "$started" -eq 5 ] || fail "the workers must have started 2 executors, then 2 and one in place of the killed one: found $started"
same "$work/one-killed"
