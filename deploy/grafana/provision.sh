#!/bin/sh
# Copies Grafana's provisioning files and leaves out each contact whose variable is not set. What is left out is deleted from Grafana's own database too, so that
# a telephone number taken back is not called any more. Without any contact alerts are seen in Grafana only, which is said.
#   deploy/grafana/provision.sh FROM TO
set -eu
from=$1 to=$2
mkdir -p "$to"
cp -R "$from/." "$to/"

awk -v gone="$to/gone" '
  / # needs [A-Z_]+$/ { keep = ENVIRON[$NF] != ""; if (!keep) print $3 > gone; else kept++ }
  !/^      / { keep = 1 }
  keep { print }
  END { exit kept ? 0 : 1 }
' "$from/alerting/contact-points.yaml" > "$to/alerting/contact-points.yaml" || {
  echo "No alert contact is set (SMARTFARM_ALERT_…, docs/operations.md): alerts are seen in Grafana only." >&2
  printf 'apiVersion: 1\nresetPolicies: [1]\n' > "$to/alerting/policies.yaml"
  echo 'apiVersion: 1' > "$to/alerting/contact-points.yaml"
}

if [ -s "$to/gone" ]; then
  echo 'deleteContactPoints:' >> "$to/alerting/contact-points.yaml"
  sed 's/.*/  - { orgId: 1, uid: & }/' "$to/gone" >> "$to/alerting/contact-points.yaml"
fi
rm -f "$to/gone"
