#!/usr/bin/env python3
"""Writes merge-types.txt: how Talos' strategic merge treats every field of its machine config.

    merge-types.py TALOS_SOURCE > merge-types.txt

TALOS_SOURCE is a checkout of siderolabs/talos. Read are the struct fields with a yaml tag under pkg/machinery/config/types,
their Go types, the merge:"replace" tags, and which struct a document kind decodes to. Written are bare names and types.
The types with a Merge method of their own, and the leaf types outside that folder, are listed by hand below.
"""
import pathlib
import re
import sys

# Leaf types by how pkg/machinery/config/merge/merge.go sees them. A word after a colon is the text of the zero value.
LEAVES = {
    "string": "string", "time.Duration": "duration", "float64": "amount",
    "bool": "bool", "any": "any", "interface{}": "any",
    **{name: "int" for name in "int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64".split()},
    "meta.Unstructured": "map any", "meta.Args": "args",
    "meta.URL": "url", "v1alpha1.Endpoint": "url",
    "meta.Addr": "string", "meta.AddrPort": "string", "meta.Prefix": "string",
    "netip.Addr": "string", "netip.AddrPort": "string", "netip.Prefix": "fixed",
    "nethelpers.HardwareAddr": "bytes", "v1alpha1.Base64Bytes": "bytes",
    # Their Merge methods take the right side whatever it holds, so an absent value wipes.
    "cel.Expression": "always", "block.ByteSize": "always", "block.PercentageSize": "always",
    "block.Size": "string",
    # Unexported fields cannot be set by reflection: merging two of them is an error.
    "v1alpha1.InstallDiskSizeMatcher": "fixed",
    "network.PortRange": "string",
    "v1alpha1.FileMode": "amount", "runtime.EtcFileMode": "amount", "v1alpha1.DiskSize": "amount",
    "x509.PEMEncodedCertificateAndKey": "pem crt,key", "x509.PEMEncodedCertificate": "pem crt", "x509.PEMEncodedKey": "pem key",
    "nethelpers.RoutingTable": "enum:unspec", "nethelpers.RoutingRuleAction": "enum:unspec",
    "nethelpers.DefaultAction": "enum:accept", "nethelpers.DNSProtocol": "enum:Do53", "nethelpers.Protocol": "string",
    "blockres.EncryptionProviderType": "enum:none", "blockres.FilesystemType": "enum:none", "blockres.VolumeType": "enum:partition",
    "storageres.MDMetadata": "string", "storageres.MDLevel": "string", "storageres.LVMLogicalVolumeType": "string",
    "config.ContainerSecurityProfile": "string", "config.ContainerNetworkMode": "string",
}

# Lists with a Merge method of their own: the keys that make two elements the same, in the order in which they are tried.
KEYED = {
    "v1alpha1.NetworkDeviceList": "merge interface,deviceSelector",
    "v1alpha1.VlanList": "merge vlanId",
    "v1alpha1.AdmissionPluginConfigList": "merge name",
    "extensions.ConfigFileList": "merge mountPath",
    "security.ImageVerificationRules": "swap image",
}

structs, aliases, kinds = {}, {}, {"v1alpha1": "v1alpha1.Config"}


def qualify(package, expression):
    """block.Size is resources/block's in some files and types/block's in others; names without a dot are the package's own."""
    return expression if "." in expression else f"{package}.{expression}"


def read(path):
    package, text = path.parent.name, path.read_text()
    imports = {m[1] or m[2].rsplit("/", 1)[-1]: m[2] for m in re.finditer(r'^\s*(?:(\w+) )?"(github\.com/siderolabs/talos/[^"]+)"', text, re.M)}

    def rename(expression):
        prefix, dot, name = expression.partition(".")
        if not dot:
            return expression
        target = imports.get(prefix, "")
        if target.endswith("/resources/block"):
            return f"blockres.{name}"
        if target.endswith("/resources/storage"):
            return f"storageres.{name}"
        return expression

    for match in re.finditer(r"^type (\w+) struct \{\n(.*?)^\}", text, re.M | re.S):
        fields = []
        for line in match[2].splitlines():
            field = re.match(r'\s*(?:(\w+)\s+)?(\S+)\s+`yaml:"([^"]*)"(.*)`', line)
            if not field:
                continue
            name, *flags = field[3].split(",")
            kind = re.sub(r"[\w.]+$", lambda m: rename(m[0]), field[2]) if "map[" not in field[2] else field[2]
            if name != "-":
                fields.append((name, kind, "inline" in flags, 'merge:"replace"' in field[4]))
        structs[f"{package}.{match[1]}"] = (package, fields)
    for match in re.finditer(r"^type (\w+) (?:= )?((?:\[\]|map\[string\]|\*)*[\w.]+(?:\{\})?)\s*$", text, re.M):
        if match[2] == "struct{}":
            structs[f"{package}.{match[1]}"] = (package, [])
        else:
            aliases[f"{package}.{match[1]}"] = (package, re.sub(r"[\w.]+$", lambda m: rename(m[0]), match[2]))
    constants = dict(re.findall(r'(\w+)\s*=\s*"(\w+)"', text))
    for match in re.finditer(r"registry\.Register\((\w+), func.*?return &(\w+)\{", text, re.S):
        kinds[constants.get(match[1], match[1])] = f"{package}.{match[2]}"


used = []


def resolve(package, expression, replace=False):
    if expression in LEAVES:
        return ("replace-" if replace else "") + LEAVES[expression]
    if expression.startswith("*"):
        return "*" + resolve(package, expression[1:])
    if expression.startswith("[]"):
        return ("replace " if replace else "list ") + resolve(package, expression[2:])
    if expression.startswith("map[string]"):
        return ("replace-" if replace else "") + "map " + resolve(package, expression[len("map[string]"):])
    name = qualify(package, expression)
    if name in LEAVES:
        return LEAVES[name]
    if name in KEYED:
        element = aliases[name][1].removeprefix("[]")
        return f"{KEYED[name]} {resolve(name.split('.')[0], element)}"
    if name in aliases:
        return resolve(aliases[name][0], aliases[name][1], replace)
    if name in structs:
        if name not in used:
            used.append(name)
        return name
    if name.startswith("nethelpers."):
        # The enumerations of bonds, VLANs and the like stand only behind pointers, where a zero value counts.
        return "string"
    raise SystemExit(f"unknown type {expression} in {package}")


def fields_of(name):
    package, fields = structs[name]
    for field, kind, inline, replace in fields:
        if inline:
            inner = qualify(package, kind.lstrip("*"))
            yield from fields_of(inner)
        else:
            yield field, resolve(package, kind, replace)


def main():
    root = pathlib.Path(sys.argv[1]) / "pkg/machinery/config/types"
    for path in sorted(root.rglob("*.go")):
        if not path.name.endswith("_test.go") and not path.name.endswith("_doc.go"):
            read(path)
    for kind, name in kinds.items():
        used.append(name)
    print("# Generated by merge-types.py from the struct definitions of siderolabs/talos (pkg/machinery/config/types). Do not edit.")
    print("# kind KIND STRUCT, then each struct with its fields: NAME TYPE. MergeTypes.cs says what the types mean.")
    for kind in sorted(kinds):
        print(f"kind {kind} {kinds[kind]}")
    used.sort()
    written = set()
    while True:
        rest = [name for name in sorted(used) if name not in written]
        if not rest:
            break
        name = rest[0]
        written.add(name)
        print(name)
        for field, kind in fields_of(name):
            print(f"  {field} {kind}")


main()
