using Slipway.Rehearsal.Kubernetes.Schemas;

namespace Slipway.Rehearsal.Kubernetes.Resources;

/// <summary>The kinds that a kube-apiserver has without any CRD, as far as charts and operators of a young cluster use them.</summary>
internal static class BuiltInResources
{
    public static readonly ResourceType Namespaces = Cluster("", "v1", "namespaces", "Namespace", "ns") with { HasStatus = true };
    public static readonly ResourceType Nodes = Cluster("", "v1", "nodes", "Node", "no") with { HasStatus = true };
    public static readonly ResourceType Pods = Namespaced("", "v1", "pods", "Pod", "po") with { HasStatus = true, Categories = ["all"] };
    public static readonly ResourceType ConfigMaps = Namespaced("", "v1", "configmaps", "ConfigMap", "cm");
    public static readonly ResourceType Secrets = Namespaced("", "v1", "secrets", "Secret");
    public static readonly ResourceType Services = Namespaced("", "v1", "services", "Service", "svc") with { HasStatus = true, Categories = ["all"] };
    public static readonly ResourceType ServiceAccounts = Namespaced("", "v1", "serviceaccounts", "ServiceAccount", "sa");
    public static readonly ResourceType Deployments = Namespaced("apps", "v1", "deployments", "Deployment", "deploy") with { HasStatus = true, Categories = ["all"] };
    public static readonly ResourceType DaemonSets = Namespaced("apps", "v1", "daemonsets", "DaemonSet", "ds") with { HasStatus = true, Categories = ["all"] };
    public static readonly ResourceType ReplicaSets = Namespaced("apps", "v1", "replicasets", "ReplicaSet", "rs") with { HasStatus = true, Categories = ["all"] };
    public static readonly ResourceType Jobs = Namespaced("batch", "v1", "jobs", "Job") with { HasStatus = true, Categories = ["all"] };
    public static readonly ResourceType PodDisruptionBudgets = Namespaced("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", "pdb") with { HasStatus = true };
    public static readonly ResourceType CustomResourceDefinitions =
        Cluster("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", "crd", "crds") with { HasStatus = true };

    public static readonly IReadOnlyList<ResourceType> All =
    [
        .. new[]
        {
            Namespaces, Nodes, Pods, ConfigMaps, Secrets, Services, ServiceAccounts,
            Namespaced("", "v1", "endpoints", "Endpoints", "ep"),
            Namespaced("", "v1", "events", "Event", "ev"),
            Namespaced("", "v1", "limitranges", "LimitRange", "limits"),
            Namespaced("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", "pvc") with { HasStatus = true },
            Cluster("", "v1", "persistentvolumes", "PersistentVolume", "pv") with { HasStatus = true },
            Namespaced("", "v1", "podtemplates", "PodTemplate"),
            Namespaced("", "v1", "replicationcontrollers", "ReplicationController", "rc") with { HasStatus = true },
            Namespaced("", "v1", "resourcequotas", "ResourceQuota", "quota") with { HasStatus = true },
            Deployments, DaemonSets, ReplicaSets,
            Namespaced("apps", "v1", "statefulsets", "StatefulSet", "sts") with { HasStatus = true, Categories = ["all"] },
            Namespaced("apps", "v1", "controllerrevisions", "ControllerRevision"),
            Jobs,
            Namespaced("batch", "v1", "cronjobs", "CronJob", "cj") with { HasStatus = true, Categories = ["all"] },
            Namespaced("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", "hpa") with { HasStatus = true },
            PodDisruptionBudgets,
            Namespaced("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", "netpol"),
            Namespaced("networking.k8s.io", "v1", "ingresses", "Ingress", "ing") with { HasStatus = true },
            Cluster("networking.k8s.io", "v1", "ingressclasses", "IngressClass"),
            Namespaced("rbac.authorization.k8s.io", "v1", "roles", "Role"),
            Namespaced("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding"),
            Cluster("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole"),
            Cluster("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding"),
            Namespaced("coordination.k8s.io", "v1", "leases", "Lease"),
            Namespaced("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice"),
            Namespaced("events.k8s.io", "v1", "events", "Event", "ev"),
            Cluster("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", "pc"),
            Cluster("node.k8s.io", "v1", "runtimeclasses", "RuntimeClass"),
            Cluster("storage.k8s.io", "v1", "storageclasses", "StorageClass", "sc"),
            Cluster("storage.k8s.io", "v1", "csidrivers", "CSIDriver"),
            Cluster("storage.k8s.io", "v1", "csinodes", "CSINode"),
            Cluster("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration"),
            Cluster("admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration"),
            Cluster("certificates.k8s.io", "v1", "certificatesigningrequests", "CertificateSigningRequest", "csr") with { HasStatus = true },
            Cluster("apiregistration.k8s.io", "v1", "apiservices", "APIService") with { HasStatus = true },
            CustomResourceDefinitions,
            Review("authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview"),
            Review("authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview"),
            Review("authorization.k8s.io", "selfsubjectrulesreviews", "SelfSubjectRulesReview"),
            Review("authorization.k8s.io", "subjectaccessreviews", "SubjectAccessReview"),
        }.Select(type => type with { Schema = BuiltInSchemas.Of(type.Kind) }),
    ];

    private static ResourceType Review(string group, string plural, string kind) => Cluster(group, "v1", plural, kind) with { Verbs = ["create"] };

    private static ResourceType Cluster(string group, string version, string plural, string kind, params string[] shortNames) =>
        new(group, version, plural, kind, Namespaced: false) { ShortNames = shortNames };

    private static ResourceType Namespaced(string group, string version, string plural, string kind, params string[] shortNames) =>
        new(group, version, plural, kind, Namespaced: true) { ShortNames = shortNames };
}
