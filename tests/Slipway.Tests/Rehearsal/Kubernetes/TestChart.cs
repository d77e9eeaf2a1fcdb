namespace Slipway.Tests.Rehearsal.Kubernetes;

/// <summary>A chart with one of each kind that waiting is about.</summary>
internal static class TestChart
{
    public static string Write(RehearsedCluster cluster)
    {
        var folder = Directory.CreateDirectory(Path.Combine(cluster.Folder.FullName, "tiny", "templates")).Parent!;
        File.WriteAllText(Path.Combine(folder.FullName, "Chart.yaml"), "apiVersion: v2\nname: tiny\nversion: 0.1.0\n");
        File.WriteAllText(Path.Combine(folder.FullName, "values.yaml"), "greeting: hello\nimage: example/agent:1\n");
        File.WriteAllText(Path.Combine(folder.FullName, "templates", "all.yaml"), """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: tiny-config}
            data: {greeting: {{ .Values.greeting | quote }}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: tiny}
            spec: {selector: {app: tiny}, ports: [{name: http, port: 80, targetPort: 8080}]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: tiny-agent}
            spec:
              selector: {matchLabels: {app: tiny-agent}}
              template:
                metadata: {labels: {app: tiny-agent}}
                spec:
                  hostNetwork: true
                  tolerations: [{operator: Exists}]
                  containers: [{name: agent, image: {{ .Values.image | quote }}, env: [{name: GREETING, value: {{ .Values.greeting | quote }}}]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: tiny}
            spec:
              replicas: 2
              selector: {matchLabels: {app: tiny}}
              template:
                metadata: {labels: {app: tiny}}
                spec:
                  hostNetwork: true
                  tolerations: [{operator: Exists}]
                  containers: [{name: web, image: {{ .Values.image | quote }}, ports: [{containerPort: 8080}]}]
            """);
        return folder.FullName;
    }
}
