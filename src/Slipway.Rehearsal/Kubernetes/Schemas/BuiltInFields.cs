namespace Slipway.Rehearsal.Kubernetes.Schemas;

/// <summary>
/// Field names of the kinds that charts use most, one type a line: <c>s</c> string, <c>i</c> integer, <c>b</c> boolean, <c>q</c> integer or
/// string, <c>m</c> map of strings, <c>*</c> anything, <c>[T]</c> atomic list, <c>[T|a,b]</c> list keyed by a and b, <c>[T~a]</c> list that
/// only strategic merge keys by a, <c>{T}</c> set, <c>...</c> further fields are let through. Source: the Kubernetes 1.35 API reference.
/// </summary>
internal static class BuiltInFields
{
    public const string Text = """
        Unknown = apiVersion:s kind:s metadata:ObjectMeta ...
        ObjectMeta = name:s generateName:s namespace:s uid:s resourceVersion:s generation:i selfLink:s creationTimestamp:s deletionTimestamp:s deletionGracePeriodSeconds:i labels:m annotations:m finalizers:{s} ownerReferences:[OwnerReference|uid] managedFields:*
        OwnerReference = apiVersion:s kind:s name:s uid:s controller:b blockOwnerDeletion:b
        LabelSelector = matchLabels:m matchExpressions:*
        KeyRef = name:s key:s optional:b
        ObjectFieldRef = apiVersion:s fieldPath:s
        Condition = type:s ...
        LocalRef = name:s
        Namespace = apiVersion:s kind:s metadata:ObjectMeta spec:* status:*
        ConfigMap = apiVersion:s kind:s metadata:ObjectMeta data:m binaryData:m immutable:b
        Secret = apiVersion:s kind:s metadata:ObjectMeta data:m stringData:m type:s immutable:b
        ServiceAccount = apiVersion:s kind:s metadata:ObjectMeta secrets:[LooseName|name] imagePullSecrets:[LocalRef~name] automountServiceAccountToken:b
        LooseName = name:s ...
        Service = apiVersion:s kind:s metadata:ObjectMeta spec:ServiceSpec status:*
        ServiceSpec = ports:[ServicePort|port,protocol] selector:m clusterIP:s clusterIPs:[s] type:s externalIPs:[s] sessionAffinity:s loadBalancerIP:s loadBalancerSourceRanges:[s] externalName:s externalTrafficPolicy:s healthCheckNodePort:i publishNotReadyAddresses:b sessionAffinityConfig:* ipFamilies:[s] ipFamilyPolicy:s allocateLoadBalancerNodePorts:b loadBalancerClass:s internalTrafficPolicy:s trafficDistribution:s
        ServicePort = name:s protocol:s appProtocol:s port:i targetPort:q nodePort:i
        Node = apiVersion:s kind:s metadata:ObjectMeta spec:NodeSpec status:NodeStatus
        NodeSpec = podCIDR:s podCIDRs:{s} providerID:s unschedulable:b taints:[Taint~key] configSource:* externalID:s
        Taint = key:s value:s effect:s timeAdded:s
        NodeStatus = conditions:[Condition|type] addresses:[Condition~type] ...
        Deployment = apiVersion:s kind:s metadata:ObjectMeta spec:DeploymentSpec status:WorkloadStatus
        DeploymentSpec = replicas:i selector:LabelSelector template:PodTemplateSpec strategy:UpdateStrategy minReadySeconds:i revisionHistoryLimit:i paused:b progressDeadlineSeconds:i
        UpdateStrategy = type:s rollingUpdate:RollingUpdate
        RollingUpdate = maxUnavailable:q maxSurge:q partition:i
        WorkloadStatus = conditions:[Condition|type] ...
        DaemonSet = apiVersion:s kind:s metadata:ObjectMeta spec:DaemonSetSpec status:WorkloadStatus
        DaemonSetSpec = selector:LabelSelector template:PodTemplateSpec updateStrategy:UpdateStrategy minReadySeconds:i revisionHistoryLimit:i
        ReplicaSet = apiVersion:s kind:s metadata:ObjectMeta spec:ReplicaSetSpec status:WorkloadStatus
        ReplicaSetSpec = replicas:i selector:LabelSelector template:PodTemplateSpec minReadySeconds:i
        StatefulSet = apiVersion:s kind:s metadata:ObjectMeta spec:StatefulSetSpec status:WorkloadStatus
        StatefulSetSpec = replicas:i selector:LabelSelector template:PodTemplateSpec volumeClaimTemplates:* serviceName:s podManagementPolicy:s updateStrategy:UpdateStrategy revisionHistoryLimit:i minReadySeconds:i persistentVolumeClaimRetentionPolicy:* ordinals:*
        Job = apiVersion:s kind:s metadata:ObjectMeta spec:JobSpec status:WorkloadStatus
        JobSpec = parallelism:i completions:i activeDeadlineSeconds:i podFailurePolicy:* successPolicy:* backoffLimit:i backoffLimitPerIndex:i maxFailedIndexes:i selector:LabelSelector manualSelector:b template:PodTemplateSpec ttlSecondsAfterFinished:i completionMode:s suspend:b podReplacementPolicy:s managedBy:s
        CronJob = apiVersion:s kind:s metadata:ObjectMeta spec:CronJobSpec status:*
        CronJobSpec = schedule:s timeZone:s startingDeadlineSeconds:i concurrencyPolicy:s suspend:b jobTemplate:JobTemplateSpec successfulJobsHistoryLimit:i failedJobsHistoryLimit:i
        JobTemplateSpec = metadata:ObjectMeta spec:JobSpec
        Pod = apiVersion:s kind:s metadata:ObjectMeta spec:PodSpec status:PodStatus
        PodStatus = conditions:[Condition|type] ...
        PodTemplateSpec = metadata:ObjectMeta spec:PodSpec
        PodSpec = volumes:[Volume|name] initContainers:[Container|name] containers:[Container|name] ephemeralContainers:[Container|name] restartPolicy:s terminationGracePeriodSeconds:i activeDeadlineSeconds:i dnsPolicy:s nodeSelector:m serviceAccountName:s serviceAccount:s automountServiceAccountToken:b nodeName:s hostNetwork:b hostPID:b hostIPC:b shareProcessNamespace:b securityContext:PodSecurityContext imagePullSecrets:[LocalRef|name] hostname:s subdomain:s affinity:Affinity schedulerName:s tolerations:[Toleration] hostAliases:[HostAlias|ip] priorityClassName:s priority:i dnsConfig:DnsConfig readinessGates:* runtimeClassName:s enableServiceLinks:b preemptionPolicy:s overhead:* topologySpreadConstraints:[SpreadConstraint|topologyKey,whenUnsatisfiable] setHostnameAsFQDN:b os:LocalRef hostUsers:b schedulingGates:[LocalRef|name] resourceClaims:[LooseName|name] resources:Resources hostnameOverride:s workloadRef:*
        PodSecurityContext = seLinuxOptions:* windowsOptions:* runAsUser:i runAsGroup:i runAsNonRoot:b supplementalGroups:[i] supplementalGroupsPolicy:s fsGroup:i sysctls:* fsGroupChangePolicy:s seccompProfile:TypedProfile appArmorProfile:TypedProfile seLinuxChangePolicy:s
        TypedProfile = type:s localhostProfile:s
        HostAlias = ip:s hostnames:[s]
        DnsConfig = nameservers:[s] searches:[s] options:*
        Toleration = key:s operator:s value:s effect:s tolerationSeconds:i
        SpreadConstraint = maxSkew:i topologyKey:s whenUnsatisfiable:s labelSelector:LabelSelector minDomains:i nodeAffinityPolicy:s nodeTaintsPolicy:s matchLabelKeys:[s]
        Affinity = nodeAffinity:* podAffinity:PodAffinity podAntiAffinity:PodAffinity
        PodAffinity = requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm] preferredDuringSchedulingIgnoredDuringExecution:*
        PodAffinityTerm = labelSelector:LabelSelector namespaces:[s] topologyKey:s namespaceSelector:LabelSelector matchLabelKeys:[s] mismatchLabelKeys:[s]
        Container = name:s image:s command:[s] args:[s] workingDir:s ports:[ContainerPort|containerPort,protocol] envFrom:[EnvFrom] env:[EnvVar|name] resources:Resources resizePolicy:* restartPolicy:s restartPolicyRules:* volumeMounts:[VolumeMount|mountPath] volumeDevices:* livenessProbe:Probe readinessProbe:Probe startupProbe:Probe lifecycle:Lifecycle terminationMessagePath:s terminationMessagePolicy:s imagePullPolicy:s securityContext:SecurityContext stdin:b stdinOnce:b tty:b targetContainerName:s
        ContainerPort = name:s hostPort:i containerPort:i protocol:s hostIP:s
        EnvVar = name:s value:s valueFrom:EnvSource
        EnvSource = fieldRef:ObjectFieldRef resourceFieldRef:* configMapKeyRef:KeyRef secretKeyRef:KeyRef fileKeyRef:*
        EnvFrom = prefix:s configMapRef:NameRef secretRef:NameRef
        NameRef = name:s optional:b
        Resources = limits:* requests:* claims:*
        VolumeMount = name:s readOnly:b mountPath:s subPath:s mountPropagation:s subPathExpr:s recursiveReadOnly:s
        Probe = exec:Exec httpGet:HttpGet tcpSocket:* grpc:* initialDelaySeconds:i timeoutSeconds:i periodSeconds:i successThreshold:i failureThreshold:i terminationGracePeriodSeconds:i
        Exec = command:[s]
        HttpGet = path:s port:q host:s scheme:s httpHeaders:[Header]
        Header = name:s value:s
        Lifecycle = postStart:Handler preStop:Handler stopSignal:s
        Handler = exec:Exec httpGet:HttpGet tcpSocket:* sleep:*
        SecurityContext = capabilities:Capabilities privileged:b seLinuxOptions:* windowsOptions:* runAsUser:i runAsGroup:i runAsNonRoot:b readOnlyRootFilesystem:b allowPrivilegeEscalation:b procMount:s seccompProfile:TypedProfile appArmorProfile:TypedProfile
        Capabilities = add:[s] drop:[s]
        Volume = name:s hostPath:HostPath emptyDir:* secret:SecretVolume configMap:ConfigMapVolume projected:* downwardAPI:* persistentVolumeClaim:* csi:* nfs:* iscsi:* ephemeral:* image:* fc:* flexVolume:* local:*
        HostPath = path:s type:s
        SecretVolume = secretName:s items:* defaultMode:i optional:b
        ConfigMapVolume = name:s items:* defaultMode:i optional:b
        Role = apiVersion:s kind:s metadata:ObjectMeta rules:[PolicyRule]
        ClusterRole = apiVersion:s kind:s metadata:ObjectMeta rules:[PolicyRule] aggregationRule:*
        PolicyRule = verbs:[s] apiGroups:[s] resources:[s] resourceNames:[s] nonResourceURLs:[s]
        RoleBinding = apiVersion:s kind:s metadata:ObjectMeta subjects:[Subject] roleRef:RoleRef
        ClusterRoleBinding = apiVersion:s kind:s metadata:ObjectMeta subjects:[Subject] roleRef:RoleRef
        Subject = kind:s apiGroup:s name:s namespace:s
        RoleRef = apiGroup:s kind:s name:s
        """;
}
