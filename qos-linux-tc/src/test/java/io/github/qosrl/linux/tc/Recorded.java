package io.github.qosrl.linux.tc;

/** What {@code tc -j -s} printed on real kernels. */
final class Recorded {
  private Recorded() {}

  /** iproute2 6.1, {@code tbf rate 1234567bit burst 10k limit 100000}. */
  static final String TBF =
      """
      [{"kind":"tbf","handle":"905:","root":true,"refcnt":3,"options":{"rate":154320,"burst":10239,\
      "lat":581649},"bytes":160,"packets":2,"drops":7,"overlimits":5,"requeues":0,"backlog":3028,\
      "qlen":2},{"kind":"ingress","handle":"ffff:","parent":"ffff:fff1","options":{},"bytes":0,\
      "packets":0,"drops":0,"overlimits":0,"requeues":0,"backlog":0,"qlen":0}]
      """;

  /** iproute2 6.1: plain text in spite of {@code -j}. */
  static final String HTB_CLASSES_TEXT =
      """
      class htb 51:10 parent 51:1 prio 2 rate 1234Kbit ceil 20Mbit burst 19999b cburst 1600b\s
       Sent 1514 bytes 1 pkt (dropped 3, overlimits 4 requeues 0)\s
       backlog 64Kb 43p requeues 0
       lended: 0 borrowed: 0 giants: 0
       tokens: 2025000 ctokens: 10000

      class htb 51:1 root rate 20Mbit ceil 20Mbit burst 1600b cburst 1600b\s
       Sent 0 bytes 0 pkt (dropped 0, overlimits 0 requeues 0)\s
       backlog 0b 0p requeues 0
       lended: 0 borrowed: 0 giants: 0
       tokens: 10000 ctokens: 10000

      """;

  /** iproute2 6.2 and later, as its source (tc_class.c, q_htb.c) prints it. */
  static final String HTB_CLASSES_JSON =
      """
      [{"class":"htb","handle":"51:10","parent":"51:1","leaf":"0x1010","prio":2,"rate":154320,\
      "ceil":2500000,"burst":19999,"cburst":1600,"stats":{"bytes":1514,"packets":1,"drops":3,\
      "overlimits":4,"requeues":0,"backlog":65536,"qlen":43,"lended":0,"borrowed":0,"giants":0,\
      "tokens":2025000,"ctokens":10000}},{"class":"htb","handle":"51:1","root":true,"rate":2500000,\
      "ceil":2500000,"burst":1600,"cburst":1600,"stats":{"bytes":0,"packets":0,"drops":0,\
      "overlimits":0,"requeues":0,"backlog":0,"qlen":0,"lended":0,"borrowed":0,"giants":0,\
      "tokens":10000,"ctokens":10000}}]
      """;

  /** iproute2 6.1: the filter that leads incoming traffic to an IFB. */
  static final String REDIRECT =
      """
      [{"protocol":"all","pref":905,"kind":"u32","chain":0},{"protocol":"all","pref":905,"kind":\
      "u32","chain":0,"options":{"fh":"800:","ht_divisor":1}},{"protocol":"all","pref":905,"kind":\
      "u32","chain":0,"options":{"fh":"800::800","order":2048,"key_ht":"800","bkt":"0","not_in_hw":\
      true,"match":{"value":"0","mask":"0","offmask":"","off":0},"actions":[{"order":1,"kind":\
      "mirred","mirred_action":"redirect","direction":"egress","to_dev":"ifb-wan","control_action":\
      {"type":"stolen"},"index":1,"ref":1,"bind":1,"stats":{"bytes":0,"packets":0,"drops":0,\
      "overlimits":0,"requeues":0,"backlog":0,"qlen":0}}]}}]
      """;
}
