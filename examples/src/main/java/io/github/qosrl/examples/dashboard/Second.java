package io.github.qosrl.examples.dashboard;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One second of a run: the limits at its end, and the means of what was measured in it. What was
 * not measured is NaN, and the direction that is not limited has the limit NaN.
 *
 * @param time the second, since 1970, UTC
 * @param downloadLimit bit/s
 * @param downloadThroughput bit/s
 * @param uploadLimit bit/s
 * @param uploadThroughput bit/s
 * @param rtt round-trip time in seconds
 * @param inflation the largest delay inflation of the second, in seconds
 * @param jitter seconds
 * @param loss part of the delay probe's packets, 0 to 1
 * @param reward the mean
 * @param fallback whether the fallback agent decided at the end of it
 */
record Second(
    long time,
    @JsonProperty("download_limit") double downloadLimit,
    @JsonProperty("download_throughput") double downloadThroughput,
    @JsonProperty("upload_limit") double uploadLimit,
    @JsonProperty("upload_throughput") double uploadThroughput,
    double rtt,
    double inflation,
    double jitter,
    double loss,
    double reward,
    boolean fallback) {}
