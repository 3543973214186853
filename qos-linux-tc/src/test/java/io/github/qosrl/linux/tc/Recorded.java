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

  /** iproute2 6.15, the same command; it rounds the latency otherwise. */
  static final String TBF_615 =
      """
      [{"kind":"tbf","handle":"905:","root":true,"refcnt":3,"options":{"rate":154320,\
      "burst":10239,"lat":581648},"bytes":260,"packets":4,"drops":0,"overlimits":0,\
      "requeues":0,"backlog":0,"qlen":0},{"kind":"ingress","handle":"ffff:",\
      "parent":"ffff:fff1","options":{},"bytes":0,"packets":0,"drops":0,"overlimits":0,\
      "requeues":0,"backlog":0,"qlen":0}]
      """;

  /** iproute2 6.1 and 6.15 print the same of {@code cake bandwidth 12345678bit diffserv3}. */
  static final String CAKE =
      """
      [{"kind":"cake","handle":"905:","root":true,"refcnt":2,"options":{"bandwidth":1543209,\
      "diffserv":"diffserv3","flowmode":"triple-isolate","nat":false,"wash":false,\
      "ingress":false,"ack-filter":"disabled","split_gso":true,"rtt":100000,"raw":true,\
      "overhead":0,"fwmark":"0"},"bytes":1014,"packets":11,"drops":0,"overlimits":2,\
      "requeues":0,"backlog":0,"qlen":0,"memory_used":2304,"memory_limit":4194304,\
      "capacity_estimate":1543209,"min_network_size":70,"max_network_size":98,\
      "min_adj_size":70,"max_adj_size":98,"avg_hdr_offset":1,"tins":[{"threshold_rate":96450,\
      "sent_bytes":196,"backlog_bytes":0,"target_us":23545,"interval_us":118545,\
      "peak_delay_us":2,"avg_delay_us":0,"base_delay_us":0,"sent_packets":2,\
      "way_indirect_hits":0,"way_misses":1,"way_collisions":0,"drops":0,"ecn_mark":0,\
      "ack_drops":0,"sparse_flows":1,"bulk_flows":0,"unresponsive_flows":0,"max_pkt_len":98,\
      "flow_quantum":300},{"threshold_rate":1543209,"sent_bytes":524,"backlog_bytes":0,\
      "target_us":5000,"interval_us":100000,"peak_delay_us":7,"avg_delay_us":0,\
      "base_delay_us":0,"sent_packets":6,"way_indirect_hits":0,"way_misses":5,\
      "way_collisions":0,"drops":0,"ecn_mark":0,"ack_drops":0,"sparse_flows":2,"bulk_flows":0,\
      "unresponsive_flows":0,"max_pkt_len":98,"flow_quantum":376},{"threshold_rate":385802,\
      "sent_bytes":294,"backlog_bytes":0,"target_us":5886,"interval_us":100886,\
      "peak_delay_us":6,"avg_delay_us":0,"base_delay_us":0,"sent_packets":3,\
      "way_indirect_hits":0,"way_misses":1,"way_collisions":0,"drops":0,"ecn_mark":0,\
      "ack_drops":0,"sparse_flows":1,"bulk_flows":0,"unresponsive_flows":0,"max_pkt_len":98,\
      "flow_quantum":300}]}]
      """;

  /** iproute2 6.1: plain text in spite of {@code -j}. */
  static final String HTB_CLASSES_TEXT =
      """
      class htb 51:11 parent 51:1 leaf 1011: prio 3 rate 8bit ceil 8bit burst 225b cburst 225b\s
       Sent 1514 bytes 1 pkt (dropped 0, overlimits 1 requeues 0)\s
       backlog 6056b 4p requeues 0
       lended: 1 borrowed: 0 giants: 0
       tokens: -937500000 ctokens: -937500000

      class htb 51:10 parent 51:1 leaf 1010: prio 2 rate 1234Kbit ceil 20Mbit burst 19998b cburst 1600b\s
       Sent 30280 bytes 20 pkt (dropped 1, overlimits 2 requeues 0)\s
       backlog 0b 0p requeues 0
       lended: 20 borrowed: 0 giants: 0
       tokens: 1871612 ctokens: 537

      class htb 51:1 root rate 20Mbit ceil 20Mbit burst 1600b cburst 1600b\s
       Sent 31794 bytes 21 pkt (dropped 0, overlimits 1 requeues 0)\s
       backlog 0b 0p requeues 0
       lended: 0 borrowed: 0 giants: 0
       tokens: 537 ctokens: 537

      """;

  /** iproute2 6.15, at the same moment: {@code -j} is heard. */
  static final String HTB_CLASSES_JSON =
      """
      [{"class":"htb","handle":"51:11","parent":"51:1","leaf":"0x1011","prio":3,"rate":1,\
      "ceil":1,"burst":225,"cburst":225,"stats":{"bytes":1514,"packets":1,"drops":0,\
      "overlimits":1,"requeues":0,"backlog":6056,"qlen":4,"lended":1,"borrowed":0,"giants":0,\
      "tokens":-937500000,"ctokens":-937500000}},{"class":"htb","handle":"51:10",\
      "parent":"51:1","leaf":"0x1010","prio":2,"rate":154320,"ceil":2500000,"burst":19998,\
      "cburst":1600,"stats":{"bytes":30280,"packets":20,"drops":1,"overlimits":2,"requeues":0,\
      "backlog":0,"qlen":0,"lended":20,"borrowed":0,"giants":0,"tokens":1871612,\
      "ctokens":537}},{"class":"htb","handle":"51:1","root":true,"rate":2500000,\
      "ceil":2500000,"burst":1600,"cburst":1600,"stats":{"bytes":31794,"packets":21,"drops":0,\
      "overlimits":1,"requeues":0,"backlog":0,"qlen":0,"lended":0,"borrowed":0,"giants":0,\
      "tokens":537,"ctokens":537}}]
      """;

  /** iproute2 6.1 and 6.15: the filter that leads incoming traffic to an IFB. */
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
