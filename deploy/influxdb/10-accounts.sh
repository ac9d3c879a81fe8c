#!/bin/bash
# Runs once, when the database is made. Nobody but a person keeps the admin token:
# Grafana may read, through the InfluxQL door (/query) with user and password; the worker may read and write this one bucket.
set -euo pipefail
bucket=$DOCKER_INFLUXDB_INIT_BUCKET_ID org=$DOCKER_INFLUXDB_INIT_ORG

influx v1 auth create --org "$org" --description "Grafana: reads only" --read-bucket "$bucket" \
  --username grafana --password "$(cat /run/secrets/grafana_influx_password)" > /dev/null

# InfluxDB chooses the token, so it is handed over in a volume that only this container (writing) and the worker (reading) see.
token=$(influx auth create --org "$org" --description "worker: this bucket only" --read-bucket "$bucket" --write-bucket "$bucket" --json |
  sed -n 's/.*"token": *"\([^"]*\)".*/\1/p' | head -n 1)
[[ -n $token ]] || { echo "influx auth create gave no token for the worker" >&2; exit 1; }
printf '%s' "$token" > /home/influxdb/worker-token
chmod 0755 /home/influxdb && chmod 0444 /home/influxdb/worker-token
