import { describe, expect, test } from "vitest";
import { judge } from "../engine/judge";
import { buildInventory } from "../inventory/build-inventory";
import { WHOLE_CLUSTER } from "../inventory/testing-context";
import { deployment } from "../inventory/testing";
import { countCpuMs } from "../model/testing-cpu-ms";
import { toOwnControl } from "../controls/own/own-control";
import { evaluate } from "./testing-cel";

const OBJECT = { spec: { replicas: 3, none: null, list: ["a", "b"], "a-b": 1, nested: { x: { y: true } } }, metadata: { labels: { team: "shop" } } };

describe("optional fields", () => {
  test.each([
    "object.spec.?replicas.orValue(1) == 3",
    "object.spec.?missing.orValue(1) == 1",
    "object.?spec.missing.deeper.orValue('none') == 'none'",
    "object.?status.conditions.orValue([]).size() == 0",
    "object.metadata.labels[?'team'].orValue('') == 'shop' && object.metadata.labels[?'app'].orValue('') == ''",
    "object.?metadata.labels['team'] == optional.of('shop')",
    "object.?metadata.?labels.?team == optional.of('shop') && object.?gone.?labels == optional.none()",
    "object.spec.list[?1] == optional.of('b') && !object.spec.list[?2].hasValue() && !object.spec.list[?-1].hasValue()",
    "object.?spec.list[0].value() == 'a'",
    "object.spec.?none.orValue(1) == null && object.spec.?none.hasValue() && object.spec.?none.value() == null",
    "has(object.?spec.replicas) && !has(object.?spec.missing) && !has(object.?gone.replicas)",
    "object.spec.?missing.or(object.spec.?replicas).value() == 3",
    "object.spec.?missing.or(optional.none()).orValue('x') == 'x'",
    "object.spec.?replicas.orValue(object.gone.replicas) == 3 && object.spec.?replicas.or(object.gone.?replicas).hasValue()",
    "!object.spec.replicas.?x.hasValue() && !object.spec.?none.?x.hasValue() && !object.spec['a-b'][?0].hasValue() && object.metadata.labels.team.?x.orValue(1) == 1",
    "object.spec.?replicas.optMap(n, n * 2).value() == 6 && !object.spec.?missing.optMap(n, n * 2).hasValue()",
    "object.spec.?nested.optFlatMap(n, n.?x).optMap(x, x.y).orValue(false)",
    "object.spec.?list.optMap(l, l.all(item, item != '')).orValue(true)",
    "optional.ofNonZeroValue('').or(optional.ofNonZeroValue(0)).or(optional.ofNonZeroValue([])).or(optional.ofNonZeroValue(7)).value() == 7",
    "optional.unwrap([object.?gone, object.spec.?replicas, optional.of(null)]) == [3, null] && [object.?gone].unwrapOpt() == []",
    `optional.of([1].all(n, n > 0))${".optMap(a, a)".repeat(40)}.orValue(false)`,
    "object.spec.?replicas.optMap(a, object.spec.?list.optMap(b, object.spec.?nested.optMap(c, b.size() + a == 5 && c.x.y).orValue(false)).orValue(false)).value()",
    "object.metadata.?namespace.orValue('none') == 'none' && !object.spec.?function.hasValue() && object.spec.?is.?x.orValue(1) == 1",
    "(has(object.spec.replicas) ? optional.of(object.spec.replicas) : optional.none()).orValue(0) == 3",
    "[1, 2].all(n, object.spec.?replicas.orValue(n) == 3)",
    "'?.' + '[?' == '?.[?' // .?x",
    "object\n  .?spec\n  .?replicas // [?\n  .orValue(1) == 3",
    "object.spec.list[?object.spec.list[?9].hasValue() ? 1 : 0].value() == 'a'",
    "{'a': object.spec.?replicas.orValue(0)}[?'a'].value() == 3",
  ])("are as in Kubernetes: %s", (expression) => {
    expect(evaluate(expression, OBJECT)).toBe(true);
  });
  test.each([
    ["object.gone.?labels.hasValue()", /field not found: gone/],
    ["object.spec.?missing.value() == 1", /the value of what is not there/],
    ["object.spec.?missing.orValue(object.gone) == 1", /field not found: gone/],
    ["object.spec.orValue(1) == 1", /always there/],
    ["object.spec.list[?'a'].hasValue()", /counted/],
  ])("say why they have no answer: %s", (expression, reason) => {
    expect(evaluate(expression, OBJECT)).toMatchObject({ reason: expect.stringMatching(reason) });
  });
  test("show the field that they look for, also where it is missing", () => {
    const inventory = buildInventory([deployment({ metadata: { name: "web" }, spec: { replicas: undefined } })], WHOLE_CLUSTER);
    const base = { id: "own-rule", title: "t", layer: "container", severity: "low", subject: "Deployment", message: "m", fix: "f" } as const;
    const read = (expression: string) =>
      [...judge(inventory, [toOwnControl({ ...base, expression }, () => 0)])].flatMap(({ evidence }) =>
        evidence.map(({ path, value }) => `${path} = ${value}`),
      );
    expect(read("object.spec.?replicas.orValue(1) >= 2")).toEqual(["spec.replicas = null"]);
    expect(read("object.?spec.orValue({'a': 1}).?replicas.orValue(1) == 3")).toEqual(["spec.replicas = null"]);
    expect(read("object.spec.?replicas.optMap(n, n > 5).orValue(false)")).toEqual(["spec.replicas = null"]);
    expect(read("object.spec.?paused.or(object.spec.?replicas).orValue(0) == 3")).toEqual(["spec.paused = null", "spec.replicas = null"]);
    expect(read("object.metadata.?labels[?'team'].hasValue()")).toEqual(["metadata.labels.team = null"]);
    expect(read("object.metadata.?labels['team'].orValue('') == 'x'")).toEqual(["metadata.labels.team = null"]);
  });
});

describe("lists", () => {
  test.each([
    "[1, 2, 2, 3].isSorted() && !['b', 'a'].isSorted() && [].isSorted() && ['x'].isSorted() && [1.5, 2.5].isSorted() && [false, true].isSorted()",
    "[duration('1m'), duration('2m')].isSorted() && ![timestamp('2026-01-02T00:00:00Z'), timestamp('2026-01-01T00:00:00Z')].isSorted()",
    "[1, 3].sum() == 4 && [1.0, 3.5].sum() == 4.5 && [duration('1m'), duration('1s')].sum() == duration('61s') && [].sum() == 0 && [7u].sum() == 7u",
    "[3, 1, 2].min() == 1 && [3, 1, 2].max() == 3 && ['b', 'a'].min() == 'a' && [1].max() == 1 && [1.5, 2.5].max() == 2.5",
    "['a', 'b', 'b', 'c'].indexOf('b') == 1 && ['a', 'b', 'b', 'c'].lastIndexOf('b') == 2 && [1.0].indexOf(1) == 0 && [].indexOf('a') == -1 && ['a'].lastIndexOf('x') == -1",
    "[[1], [2]].indexOf([2]) == 1 && [{'a': 1}].indexOf({'a': 1}) == 0 && 'abcb'.indexOf('b') == 1 && 'abcb'.lastIndexOf('b') == 3",
    "[3, 1, 2].sort() == [1, 2, 3] && ['b', 'a'].sort() == ['a', 'b'] && [].sort() == [] && [duration('2m'), duration('1m')].sort()[0] == duration('1m')",
    "[{'n': 2}, {'n': 1}].sortBy(e, e.n).map(e, e.n) == [1, 2] && [1, 2, 3].sortBy(n, n % 2) == [2, 1, 3] && ['aa', 'b'].sortBy(t, -size(t)) == ['aa', 'b']",
    "[[1, 2], [3]].all(l, l.sortBy(n, [n, 2].sortBy(m, -m)[0]).size() == l.size())",
    "[1, 2, 2, 1.0].distinct() == [1, 2] && [[1], [1]].distinct() == [[1]] && [].distinct() == []",
    "[1, 2, 3].slice(1, 3) == [2, 3] && [1].slice(1, 1) == [] && [1, 2].reverse() == [2, 1]",
    "[[1, [2]], 3].flatten() == [1, [2], 3] && [[1, [2]], 3].flatten(2) == [1, 2, 3] && [[1]].flatten(0) == [[1]]",
    "lists.range(3) == [0, 1, 2] && lists.range(0) == []",
    "[1, 2].first().value() == 1 && [1, 2].last().value() == 2 && ![].first().hasValue() && object.spec.list.last().orValue('') == 'b' && [{'a': 1}].first().a.value() == 1",
    "object.spec.list.isSorted() && object.spec.list.indexOf('b') == 1 && object.spec.list.map(l, l.size()).sum() == 2",
  ])("are as in Kubernetes: %s", (expression) => {
    expect(evaluate(expression, OBJECT)).toBe(true);
  });
  test.each([
    ["[].min() == 1", /min is asked of an empty list/],
    ["[1, 'a'].max() == 1", /max is asked of a list whose items cannot be compared/],
    ["object.spec.nested.x == [{}, {}].min()", /min is asked of a list whose items cannot be compared/],
    ["[[1], [2]].sort() == []", /sort is asked of a list whose items cannot be compared/],
    ["[null].sort() == []", /sort is asked of a list whose items cannot be compared/],
    ["[1, 2.0].sort() == []", /of different types/],
    ["[1].slice(0, 2) == []", /within the list of 1/],
    ["[1].slice(-1, 1) == []", /within the list of 1/],
    ["[2, 1].slice(1, 0) == []", /within the list of 2/],
    ["[1].flatten(-1) == []", /not less than 0/],
    ["lists.range(-1) == []", /not less than 0/],
    ["lists.range(1000000000000) == []", /more than 1,000 items/],
    ["lists.range(9).map(n, [lists.range(999), lists.range(999)]).flatten(2) == []", /more than 1,000 items/],
    ["['a', 'b'].sum() == 'ab'", /sum is asked of a list whose items cannot be added/],
    ["['a'].sum() == 'a'", /sum is asked of a list whose items cannot be added/],
    ["[[1], [2]].sum() == [1, 2]", /sum is asked of a list whose items cannot be added/],
    ["[9223372036854775807, 1].sum() == 0", /sum is asked of a list whose items cannot be added/],
  ])("say why they have no answer: %s", (expression, reason) => {
    expect(evaluate(expression, OBJECT)).toMatchObject({ reason: expect.stringMatching(reason) });
  });
  test("pay for what they compare", () => {
    const object = { l: Array.from({ length: 200 }, (_, i) => ({ v: Array.from({ length: 200 }, () => i) })) };
    for (const expression of ["object.l.all(a, object.l.indexOf(a) >= 0)", "object.l.distinct() == []"])
      expect(evaluate(expression, object)).toMatchObject({ reason: expect.stringMatching(/steps/) });
  });
  test("pay for what they sort", () => {
    const object = { l: Array.from({ length: 1_000 }, (_, i) => (i * 7_919) % 1_000), few: [1, 2, 3, 4, 5, 6, 7, 8] };
    for (const sorts of ["object.l.sort()", "object.l.sortBy(n, -n)"]) {
      expect(evaluate(`${sorts}.size() == 1000`, object)).toBe(true);
      expect(evaluate(`object.few.all(n, ${sorts}.size() == 1000)`, object)).toMatchObject({ reason: expect.stringMatching(/steps/) });
    }
    expect(evaluate("object.l.all(n, [n, 2, 1].sort()[0] <= 1)", object)).toBe(true);
  });
});

describe("addresses", () => {
  test.each([
    "isIP('127.0.0.1') && isIP('::1') && !isIP('127.0.0.256') && !isIP('127.0.0.1/8') && !isIP('')",
    "!isIP('010.0.0.1') && !isIP('::ffff:1.2.3.4') && !isIP('fe80::1%eth0') && !isIP(' 1.1.1.1')",
    "isIP('2001:db8::0012') && isIP('0:0::00ff') && !ip.isCanonical('2001:db8::0012') && cidr('fd00::0010/124').containsIP('fd00::0011') && !isIP('10.0.0.01')",
    "ip('127.0.0.1').family() == 4 && ip('2001:db8::1').family() == 6",
    "ip('2001:DB8::1') == ip('2001:db8:0:0:0:0:0:1') && ip('10.0.0.1') != ip('10.0.0.2')",
    "ip.isCanonical('127.0.0.1') && ip.isCanonical('2001:db8::abcd') && !ip.isCanonical('2001:DB8::ABCD') && !ip.isCanonical('2001:db8:0:0:0:0:0:abcd')",
    "ip('0.0.0.0').isUnspecified() && ip('::').isUnspecified() && !ip('127.0.0.1').isUnspecified()",
    "ip('127.8.0.1').isLoopback() && ip('::1').isLoopback() && !ip('10.0.0.1').isLoopback()",
    "ip('224.0.0.1').isLinkLocalMulticast() && ip('ff02::1').isLinkLocalMulticast() && !ip('224.0.1.1').isLinkLocalMulticast() && !ip('ff05::1').isLinkLocalMulticast()",
    "ip('169.254.169.254').isLinkLocalUnicast() && ip('fe80::1').isLinkLocalUnicast() && !ip('fd80::1').isLinkLocalUnicast()",
    "ip('192.168.0.1').isGlobalUnicast() && ip('fd00::1').isGlobalUnicast() && !ip('255.255.255.255').isGlobalUnicast() && !ip('ff00::1').isGlobalUnicast()",
    "string(ip('2001:db8:0:0:1:0:0:1')) == '2001:db8::1:0:0:1' && string(ip('1:0:0:2:0:0:0:3')) == '1:0:0:2::3' && string(ip('::')) == '::' && string(ip('1::')) == '1::' && string(ip('1:0:2::')) == '1:0:2::'",
    "isCIDR('10.0.0.0/8') && isCIDR('::1/128') && isCIDR('10.1.2.3/8') && !isCIDR('10.0.0.0/33') && !isCIDR('10.0.0.0') && !isCIDR('10.0.0.0/08')",
    "cidr('192.168.0.0/24').containsIP('192.168.0.1') && cidr('192.168.0.0/24').containsIP(ip('192.168.0.255')) && !cidr('192.168.0.0/24').containsIP('192.168.1.1')",
    "cidr('192.168.0.0/16').containsCIDR('192.168.10.0/24') && cidr('192.168.0.0/16').containsCIDR(cidr('192.168.0.0/16')) && !cidr('192.168.0.0/24').containsCIDR('192.168.0.0/16')",
    "!cidr('0.0.0.0/0').containsIP('::1') && cidr('::/0').containsCIDR('2001:db8::/32')",
    "cidr('192.168.0.1/24').ip() == ip('192.168.0.1') && cidr('192.168.0.1/24').masked() == cidr('192.168.0.0/24') && cidr('192.168.0.1/24') != cidr('192.168.0.0/24')",
    "cidr('2001:db8::1/32').prefixLength() == 32 && string(cidr('2001:DB8::1/32').masked()) == '2001:db8::/32'",
    "['10.1.2.3', '10.4.5.6'].all(a, cidr('10.0.0.0/8').containsIP(a))",
  ])("are as in Kubernetes: %s", (expression) => {
    expect(evaluate(expression)).toBe(true);
  });
  test.each([
    ["ip('nowhere').family() == 4", /"nowhere" is no IP address such as 10.0.0.1/],
    ["cidr('10.0.0.0').prefixLength() == 8", /"10.0.0.0" is no range of addresses such as 10.0.0.0\/8/],
    ["cidr('10.0.0.0/8').isLoopback()", /no ip\(…\)/],
    ["ip('10.0.0.0').masked() == ip('10.0.0.0')", /no cidr\(…\)/],
    ["ip.isCanonical('x')", /is no IP address/],
    ["string({'a': 'b'}) == ''", /cannot be made a text/],
  ])("say why they are none: %s", (expression, reason) => {
    expect(evaluate(expression)).toMatchObject({ reason: expect.stringMatching(reason) });
  });
});

describe("URLs", () => {
  test.each([
    "url('https://example.com:80/').getHost() == 'example.com:80' && url('https://example.com/').getHost() == 'example.com'",
    "url('https://[::1]:80/').getHost() == '[::1]:80' && url('https://[::1]:80/').getHostname() == '::1' && url('https://[::1]/').getPort() == ''",
    "url('https://user:pw@example.com:8443/').getHostname() == 'example.com' && url('https://example.com:8443').getPort() == '8443'",
    "url('/path').getScheme() == '' && url('/path').getHost() == '' && url('HTTPS://example.com').getScheme() == 'https'",
    "url('https://example.com/path').getEscapedPath() == '/path' && url('https://example.com').getEscapedPath() == ''",
    "url('https://example.com/path with spaces/').getEscapedPath() == '/path%20with%20spaces/'",
    "url('https://example.com/a%20b/(c)').getEscapedPath() == '/a%20b/(c)' && url('/a b/(c)?x#y').getEscapedPath() == '/a%20b/%28c%29'",
    "url('https://example.com/path?k1=a&k2=b&k2=c').getQuery() == {'k1': ['a'], 'k2': ['b', 'c']}",
    "url('https://example.com/path?key with spaces=value+with%20spaces#k=v').getQuery() == {'key with spaces': ['value with spaces']}",
    "url('https://example.com/path?').getQuery() == {} && url('/p?a&b=').getQuery() == {'a': [''], 'b': ['']}",
    "url('/p?%zz=1&a=%zz&c=1;d=2&b=2').getQuery() == {'b': ['2']}",
    "isURL('https://user:pass@example.com:80/path?query=val#fragment') && isURL('/absolute-path') && isURL('mailto:a@example.com')",
    "!isURL('https://a:b:c/') && !isURL('../relative-path') && !isURL('') && !isURL('example.com') && !isURL('https://a b/') && !isURL('/%zz')",
    "url('https://a.example/') == url('https://a.example/') && url('https://a.example/') != url('https://b.example/')",
  ])("are as in Kubernetes: %s", (expression) => {
    expect(evaluate(expression)).toBe(true);
  });
  test("of any length are read at once", () => {
    const cpuMs = countCpuMs();
    expect(evaluate("url(object.u).getQuery()['a'].size() == 49000", { u: `http://a/?${"a&".repeat(49_000)}` })).toBe(true);
    expect(cpuMs()).toBeLessThan(2_000);
  });
  test.each([
    ["url('example.com').getHost() == ''", /"example.com" is no absolute URL/],
    ["object.x.getHost() == ''", /no url\(…\)/],
  ])("say why they are none: %s", (expression, reason) => {
    expect(evaluate(expression, { x: { a: "b" } })).toMatchObject({ reason: expect.stringMatching(reason) });
  });
});

describe("patterns", () => {
  test.each([
    "'abc 123'.find('[0-9]+') == '123' && 'abc'.find('[0-9]+') == '' && 'abc 123'.find('[0-9]*') == ''",
    "'123 abc 456'.findAll('[0-9]+') == ['123', '456'] && '123 abc 456'.findAll('xyz') == []",
    "'123 abc 456'.findAll('[0-9]+', 1) == ['123'] && '1 2'.findAll('[0-9]', 0) == [] && '1 2'.findAll('[0-9]', -1) == ['1', '2'] && '1'.findAll('1', 7) == ['1']",
    "'12 a'.findAll('[0-9]*') == ['12', '', ''] && ''.findAll('a*') == [''] && 'éa😀'.findAll('') == ['', '', '', '']",
    "'abcd'.find('a|ab') == 'a' && 'abcd'.find('(a|ab)(c|bcd)') == 'abcd' && 'aaa'.find('a{1,2}?') == 'a' && 'aaa'.find('a{2,3}') == 'aaa'",
    "'one\\ntwo'.findAll('(?m)^.+$') == ['one', 'two'] && 'a1 b'.findAll(r'\\b.') == ['a', ' ', 'b'] && '😀x😀'.findAll('[^x]') == ['😀', '😀']",
    "'z Z 9 _ - é'.findAll(r'\\b.\\b') == ['z', ' ', 'Z', ' ', '9', ' ', '_'] && 'a0 A'.findAll(r'\\B.') == ['0']",
    "matches('abc', '^a') && !matches('abc', '^b') && ['a', 'b'].exists(t, matches(t, '^b$'))",
    "'registry.example.com/shop/cart:1.2'.find('[^:/]+$') == '1.2' && ['a:1', 'b:2'].map(i, i.find(':.*')) == [':1', ':2']",
  ])("are found as in Kubernetes: %s", (expression) => {
    expect(evaluate(expression)).toBe(true);
  });
  test("take their share, however they are written", () => {
    const object = { text: "a".repeat(40_000), pattern: "(a|aa)*b" };
    expect(evaluate("object.text.find('^a') == 'a'", object)).toBe(true);
    expect(evaluate("object.text.find(object.pattern) == ''", object)).toBe(true);
    expect(evaluate("object.text.findAll('a.*b|a').size() > 0", object)).toMatchObject({ reason: expect.stringMatching(/more than 50,000 steps/) });
    // Nothing of this pattern reads a character before its end.
    expect(evaluate("object.text.find('(?:(?:|){30}){30}x') == ''", object)).toMatchObject({ reason: expect.stringMatching(/more than 50,000 steps/) });
    expect(evaluate("object.text.findAll('a').size() > 0", { text: "a".repeat(2_000) })).toMatchObject({
      reason: expect.stringMatching(/more than 1,000 items/),
    });
    expect(evaluate("'a'.find(object.pattern) == ''", { pattern: "(" })).toMatchObject({ reason: expect.stringMatching(/missing closing/) });
  });
});

describe("formats", () => {
  const isOf = (format: string, text: string) => evaluate(`!format.${format}().validate(object.text).hasValue()`, { text });
  test.each([
    ["dns1123Label", ["my-label-name", "1", "a".repeat(63)], ["my-label-name-", "-a", "A", "a.b", "", "a".repeat(64)]],
    ["dns1123Subdomain", ["apiextensions.k8s.io", "a", "1.2"], ["a..b", "test@bloop", ".a", "a.", "a.-b", "a".repeat(254)]],
    ["dns1035Label", ["my-label-name", "a1"], ["1label", "a-", "A", ""]],
    ["dns1123LabelPrefix", ["my-label-prefix-", "a-", "a"], ["-", "AB-", "my.prefix-"]],
    ["dns1123SubdomainPrefix", ["mysubdomain.prefix.-", "mysubdomain.prefix-"], ["-", "a..-b"]],
    ["dns1035LabelPrefix", ["my-label-prefix-", "a1-"], ["1-label-", "AB-"]],
    ["qualifiedName", ["apiextensions.k8s.io/v1beta1", "a_b.C", "x/Y"], ["a/b/c", "/b", "a/", "A.b/c", "-a", ""]],
    ["labelValue", ["my-cool-label-Value", "", "1_2.3"], ["my-cool-label-Value!!", "-a", "a".repeat(64)]],
    ["uri", ["http://example.com", "/path"], ["example.com", "::::bad", ""]],
    ["uuid", ["123e4567-e89b-12d3-a456-426614174000", "123E4567e89b12d3a456426614174000"], ["123e4567-e89b-12d3-a456-42661417400", "x"]],
    ["byte", ["aGVsbG8=", "YQ==", "YWJj"], ["aGVsbG8", "a===", "", "aGVs bG8="]],
    ["date", ["2021-01-01", "2024-02-29"], ["2021-02-29", "2021-1-1", "2021-01-01T00:00:00Z", ""]],
    ["datetime", ["2021-01-01T00:00:00Z", "2021-01-01t23:59:59.5+02:00"], ["2021-01-01T24:00:00Z", "2021-01-01", "2021-13-01T00:00:00Z"]],
  ])("are those of Kubernetes: %s", (format, good, bad) => {
    expect(good.filter((text) => isOf(format, text) !== true)).toEqual([]);
    expect(bad.filter((text) => isOf(format, text) !== false)).toEqual([]);
  });
  test.each([
    "format.named('date').hasValue() && !format.named('bloop').hasValue() && format.named('date').value().validate('x').hasValue()",
    "format.named('date').value() == format.date() && format.date() != format.byte()",
    "format.date().validate('2021-01-01') == optional.none() && format.labelValue().validate('!').value().size() == 1",
    "format.named(object.f).optMap(f, !f.validate('a-').hasValue()).orValue(false)",
    "!format.dns1123Label().validate(object.name).hasValue()",
  ])("are chosen by their names, and say what is wrong: %s", (expression) => {
    expect(evaluate(expression, { name: "a", f: "dns1123LabelPrefix" })).toBe(true);
  });
  test.each([
    ["format.date().validate('x')", /value that may be missing.+orValue/],
    ["format.bloop().validate('x').hasValue()", /There is no function called format.bloop/],
    ["object.x.validate('x').hasValue()", { reason: expect.stringMatching(/no format/) }],
  ])("are told from what is none: %s", (expression, problem) => {
    expect(evaluate(expression, { x: {} })).toEqual(problem instanceof RegExp ? expect.stringMatching(problem) : problem);
  });
});

describe("format", () => {
  test.each([
    "'%s runs %d of %.2f'.format(['web', 3, 0.5]) == 'web runs 3 of 0.50'",
    "'%s %s %s'.format([[1, 'a'], {'k': true}, null]) == '[1, a] {k: true} null'",
    "'%x %X %o %b %%'.format([255, 255, 8, 5]) == 'ff FF 10 101 %'",
    "'%e'.format([1052.032911275]) == '1.052033e+03'",
  ])("writes as CEL's text functions do: %s", (expression) => {
    expect(evaluate(expression)).toBe(true);
  });
  test.each([
    ["'%.1000000f'.format([1.0]) == ''", /more than 20 digits/],
    ["'%s%s'.format([object.x, object.x]) == ''", /more than 10,000 characters/],
    ["'%s'.format([[object.x, object.x]]) == ''", /more than 10,000 characters/],
    [`'%s'.format([[${Array(150).fill("object.l").join()}]]) == ''`, /more than 10,000 characters/],
    ["'%d'.format(['a']) == ''", /integer/],
    ["'%s'.format([]) == ''", /too few/],
  ])("is bounded and says why it cannot: %.60s", (expression, reason) => {
    expect(evaluate(expression, { x: "x".repeat(6000), l: Array(900).fill("x".repeat(6000)) })).toMatchObject({ reason: expect.stringMatching(reason) });
  });
});
