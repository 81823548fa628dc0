{{- define "leadferry.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Of one part (gateway, worker-exports, …): what selects its pods. Takes (dict "root" $ "part" "gateway"). */}}
{{- define "leadferry.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end -}}

{{- define "leadferry.labels" -}}
{{ include "leadferry.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{/* Takes (dict "root" $ "app" "gateway"). */}}
{{- define "leadferry.image" -}}
{{ printf "%s-%s:%s" .root.Values.image.repository .app (default .root.Chart.AppVersion .root.Values.image.tag) }}
{{- end -}}

{{- define "leadferry.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "leadferry.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* Migrates before the app starts; alone in knowing the owner's password. */}}
{{- define "leadferry.migrate" -}}
- name: migrate
  image: {{ include "leadferry.image" (dict "root" .root "app" "worker") }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  args: [dist/apps/cli/src/main.js, migrate]
  env:
    - name: MIGRATION_DATABASE_URL
      valueFrom: { secretKeyRef: { name: {{ .root.Values.secrets.migration }}, key: MIGRATION_DATABASE_URL } }
  securityContext: {{- include "leadferry.containerSecurity" . | nindent 4 }}
  resources:
    requests: { cpu: 50m, memory: 128Mi }
    limits: { memory: 256Mi }
{{- end -}}

{{/* Where one part's pods are put. Takes its values. */}}
{{- define "leadferry.placement" -}}
{{- with .nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Takes (dict "root" $). */}}
{{- define "leadferry.envFrom" -}}
- configMapRef: { name: {{ include "leadferry.fullname" .root }} }
- secretRef: { name: {{ .root.Values.secrets.runtime }} }
{{- end -}}
