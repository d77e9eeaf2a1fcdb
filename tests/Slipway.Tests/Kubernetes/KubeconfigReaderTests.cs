using System.Net;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Kubernetes;
using Slipway.Tests.Rehearsal.Kubernetes;

namespace Slipway.Tests.Kubernetes;

public sealed class KubeconfigReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("not a kubeconfig")]
    [InlineData("{[")]
    [InlineData("apiVersion: v1\nkind: Config\ncurrent-context: gone\n")]
    [InlineData("apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts: [{name: a, context: {cluster: a, user: a}}]\nclusters: [{name: a, cluster: {server: 'https://127.0.0.1:1'}}]\nusers: [{name: a, user: {token: t}}]\n")]
    public void What_is_no_usable_kubeconfig_is_bad_input(string text)
    {
        var error = Assert.Throws<SlipwayException>(() => new KubernetesConnector(TimeProvider.System).Connect(new Sensitive(text)));

        Assert.Equal(FailureReason.BadInput, error.Reason);
    }

    [Fact]
    public void A_kubeconfig_may_not_choose_a_command_to_run()
    {
        using var pki = new TestPki();
        var text = pki.Kubeconfig(new IPEndPoint(IPAddress.Loopback, 6443)).Replace("user: {client-certificate-data", "user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: touch}, client-certificate-data", StringComparison.Ordinal);

        var error = Assert.Throws<SlipwayException>(() => new KubernetesConnector(TimeProvider.System).Connect(new Sensitive(text)));

        Assert.Contains("command", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_key_is_told_without_quoting_it()
    {
        using var pki = new TestPki();
        var text = pki.Kubeconfig(new IPEndPoint(IPAddress.Loopback, 6443)).Replace("client-key-data: ", "client-key-data: c2VjcmV0", StringComparison.Ordinal);

        var error = Assert.Throws<SlipwayException>(() => new KubernetesConnector(TimeProvider.System).Connect(new Sensitive(text)));

        Assert.Equal(FailureReason.BadInput, error.Reason);
        Assert.DoesNotContain("c2VjcmV0", error.ToString(), StringComparison.Ordinal);
    }
}
