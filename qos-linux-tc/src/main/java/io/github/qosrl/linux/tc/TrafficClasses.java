package io.github.qosrl.linux.tc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The traffic classes of a link, in the order in which packets are matched.
 *
 * @param all the classes; empty if all traffic is one
 * @param fallbackName the class of packets that no class matches; empty if there are no classes
 */
record TrafficClasses(List<TrafficClass> all, String fallbackName) {
  private static final int FIRST_MINOR = 0x10;
  private static final int FIRST_PREFERENCE = 100;

  static final TrafficClasses NONE = new TrafficClasses(List.of(), "");

  /** Three tiers in the proportion 10 : 5 : 1, told apart by DSCP (the groups of RFC 4594). */
  static final TrafficClasses STANDARD =
      new TrafficClasses(
          List.of(
              new TrafficClass(
                  "high",
                  0.625,
                  1,
                  0,
                  matches("ef", "va", "cs5", "cs6", "cs7", "af41", "af42", "af43")),
              new TrafficClass("medium", 0.3125, 1, 1, List.of()),
              new TrafficClass("low", 0.0625, 1, 2, matches("cs1", "le"))),
          "medium");

  /**
   * Where each class has but one queue: what is short or urgent passes what is long. So pings, DNS
   * queries and the acknowledgements of the other direction's transfers do not wait behind a bulk
   * transfer, as fair queueing would also see to.
   */
  static final TrafficClasses INTERACTIVE_FIRST =
      new TrafficClasses(
          List.of(
              new TrafficClass(
                  "interactive",
                  0.25,
                  1,
                  0,
                  List.of(
                      Match.parse("length:0-127"), Match.parse("icmp"), Match.parse("dscp:ef"))),
              new TrafficClass("bulk", 0.75, 1, 1, List.of())),
          "bulk");

  TrafficClasses {
    all = List.copyOf(all);
  }

  private static List<Match> matches(String... codePoints) {
    return Stream.of(codePoints).map(name -> Match.parse("dscp:" + name)).toList();
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  List<String> names() {
    return all.stream().map(TrafficClass::name).toList();
  }

  /** The position of the class of packets that no class matches. */
  int fallback() {
    return names().indexOf(fallbackName);
  }

  /** The minor number in HTB of the class at a position. */
  static int minor(int position) {
    return FIRST_MINOR + position;
  }

  /** The id in HTB of the class at a position. */
  static String id(int position) {
    return Discipline.HANDLE + Integer.toHexString(minor(position));
  }

  /** The filters that sort packets to the classes of an HTB with this handle. */
  List<String> filters(String device, String handle) {
    List<String> filters = new ArrayList<>();
    int preference = FIRST_PREFERENCE;
    for (int i = 0; i < all.size(); i++) {
      String target = "flowid " + id(i);
      // Filters of two protocols cannot share a preference.
      String v4 = "filter add dev %s parent %s protocol ip pref %d u32 ";
      String v6 = "filter add dev %s parent %s protocol ipv6 pref %d u32 ";
      for (Match match : all.get(i).matches()) {
        for (String selector : match.ipv4Selectors()) {
          filters.add(v4.formatted(device, handle, preference) + selector + " " + target);
        }
        for (String selector : match.ipv6Selectors()) {
          filters.add(v6.formatted(device, handle, preference + 1) + selector + " " + target);
        }
      }
      preference += 2;
    }
    return filters;
  }
}
