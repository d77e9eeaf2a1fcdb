using Slipway.Core.Doctor;

namespace Slipway.Tests.Doctor;

/// <summary>What a node tells of Kubernetes and of its firewall, against what its config wants.</summary>
public sealed class KubernetesChecksTests
{
    private const string Classic = "version: v1alpha1\nmachine:\n  features: {kubePrism: {enabled: true, port: 7446}}\n  nodeLabels: {slipway/role: validator, empty: ''}\n  kubelet: {extraConfig: {cpuManagerPolicy: static}}\n";

    private const string Documents = """
        {apiVersion: v1alpha1, kind: KubePrismConfig, port: 7446}
        ---
        {apiVersion: v1alpha1, kind: KubeNodeConfig, labels: {slipway/role: validator, empty: ''}}
        ---
        {apiVersion: v1alpha1, kind: KubeletConfig, config: {cpuManagerPolicy: static}}
        """;

    [Theory]
    [InlineData(Classic)]
    [InlineData(Documents)]
    public void Both_dialects_say_the_same(string config)
    {
        var intent = NodeIntentReader.Read(config);

        Assert.Equal((7446, "static", false), (intent.KubePrismPort, intent.CpuManagerPolicy, intent.BlocksIngress));
        Assert.Equal(["empty", "slipway/role"], intent.Labels.Keys.Order());
    }

    [Theory]
    [InlineData("127.0.0.1:7446", true, CheckOutcome.Pass, "healthy, on 127.0.0.1:7446")]
    [InlineData("127.0.0.1:7446", false, CheckOutcome.Fail, "not healthy, on 127.0.0.1:7446")]
    [InlineData("127.0.0.1:17446", true, CheckOutcome.Fail, "healthy, on 127.0.0.1:17446")]
    public void KubePrism_is_well_on_the_wanted_port(string host, bool healthy, CheckOutcome outcome, string got)
    {
        var line = With(new NodeDetail { KubePrism = new KubePrismObservation(host, healthy) }).Line("kubernetes.kubeprism");

        // A port is no suffix of another.
        Assert.Equal((outcome, got), (line.Outcome, line.Got));
    }

    [Fact]
    public void KubePrism_that_is_wanted_and_does_not_run_is_a_failure_and_one_that_is_off_is_none()
    {
        Assert.Equal(CheckOutcome.Fail, With(NodeDetail.Nothing).Line("kubernetes.kubeprism").Outcome);
        Assert.Equal(CheckOutcome.NotApplicable, Subjects.Worker().Line("kubernetes.kubeprism").Outcome);
    }

    [Fact]
    public void Labels_that_are_gone_or_other_ones_are_named_each()
    {
        var subject = With(new NodeDetail { KubernetesLabels = new Dictionary<string, string> { ["slipway/role"] = "rpc", ["foreign"] = "" } });

        Assert.Equal((CheckOutcome.Fail, "validator", "rpc"), (subject.Line("kubernetes.label", "slipway/role").Outcome, subject.Line("kubernetes.label", "slipway/role").Expected, subject.Line("kubernetes.label", "slipway/role").Got));
        Assert.Equal("not there", subject.Line("kubernetes.label", "empty").Got);
        Assert.Equal(CheckOutcome.NotApplicable, With(NodeDetail.Nothing).Line("kubernetes.label").Outcome);
    }

    [Theory]
    [InlineData("{\"policyName\":\"static\",\"defaultCpuSet\":\"0-3\"}", CheckOutcome.Pass, "static")]
    [InlineData("{\"policyName\":\"none\"}", CheckOutcome.Fail, "none")]
    [InlineData("{\"policyName\":", CheckOutcome.Fail, "no policy: the file is damaged")]
    [InlineData("[]", CheckOutcome.Fail, "no policy: the file is damaged")]
    [InlineData(null, CheckOutcome.Fail, "kubelet has written no state")]
    public void Kubelets_policy_is_what_its_own_record_says(string? text, CheckOutcome outcome, string got)
    {
        var line = With(NodeDetail.Nothing).WithFile("/var/lib/kubelet/cpu_manager_state", text is null ? FileContent.Absent : FileContent.Of(text)).Line("kubelet.cpumanager");

        Assert.Equal((outcome, got), (line.Outcome, line.Got));
    }

    [Theory]
    [InlineData("drop", CheckOutcome.Pass)]
    [InlineData("accept", CheckOutcome.Fail)]
    [InlineData(null, CheckOutcome.Fail)]
    public void The_firewall_stands_when_its_chain_drops(string? policy, CheckOutcome outcome)
    {
        var subject = Subjects.Worker().Intending("{apiVersion: v1alpha1, kind: NetworkDefaultActionConfig, ingress: block}");
        subject = subject with { Detail = new NodeDetail { Chains = policy is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["ingress"] = policy } } };

        Assert.Equal(outcome, subject.Line("network.firewall").Outcome);
    }

    private static NodeSubject With(NodeDetail detail) => Subjects.Worker().Intending(Classic) with { Detail = detail };
}
