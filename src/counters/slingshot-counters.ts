// The counters of HPE Slingshot adapters (Cassini) that say what a program can do something about: traffic, pauses, errors of
// the link, retries, and how PCIe and the translation of addresses keep up. An adapter has over a thousand, each of which is
// fetched from the hardware when its file is read: too many to read beside every case.
import { type KnownCounter, known, knownBytes } from './known-counter.ts';

/** Cassini counts in 56 bits (cxi_stat of HPE's shs-cxi utilities). */
const BITS = 56;

function knownCycles(description: string): KnownCounter {
  return { description, unit: 'cycles', bits: BITS, sticks: false };
}

/** Names in /sys/class/cxi/cxi<n>/device/telemetry, the first that matches counts. */
const ROWS: readonly (readonly [RegExp, KnownCounter])[] = [
  [/^hni_sts_tx_ok_octets$/, knownBytes(BITS, 'Bytes sent without an error')],
  [/^hni_sts_rx_ok_octets$/, knownBytes(BITS, 'Bytes received without an error')],
  [/^hni_tx_ok_\d+(_to_(\d+|max))?$/, known(BITS, 'Packets sent, by their size in bytes')],
  [/^hni_rx_ok_\d+(_to_(\d+|max))?$/, known(BITS, 'Packets received, by their size in bytes')],
  [/^hni_pkts_sent_by_tc_\d$/, known(BITS, 'Packets sent, by traffic class')],
  [/^hni_pkts_recv_by_tc_\d$/, known(BITS, 'Packets received, by traffic class')],
  [/^hni_rx_paused_\d$/, knownCycles('Cycles in which receiving was paused, by priority: congestion')],
  [/^hni_tx_paused_\d$/, knownCycles('Cycles in which sending was paused, by priority: congestion')],
  [/^hni_pcs_good_cw$/, known(BITS, 'Code words of the link without an error')],
  [/^hni_pcs_corrected_cw$/, known(BITS, 'Code words of the link whose errors were corrected')],
  [/^hni_pcs_uncorrected_cw$/, known(BITS, 'Code words of the link that were lost')],
  [/^pct_retry_srb_requests$/, known(BITS, 'Requests sent again')],
  [/^pct_sct_timeouts$/, known(BITS, 'Requests whose order was not confirmed in time')],
  [/^pct_spt_timeouts$/, known(BITS, 'Requests that were not answered in time')],
  [/^parbs_tarb_pi_posted_pkts$/, known(BITS, 'Writes to memory over PCIe')],
  [/^parbs_tarb_pi_posted_blocked_cnt$/, knownCycles('Cycles in which writes over PCIe had to wait')],
  [/^parbs_tarb_pi_non_posted_pkts$/, known(BITS, 'Reads of memory over PCIe')],
  [/^parbs_tarb_pi_non_posted_blocked_cnt$/, knownCycles('Cycles in which reads over PCIe had to wait')],
  [/^lpe_net_match_priority_\d$/, known(BITS, 'Messages for which a receive was posted')],
  [/^lpe_net_match_overflow_\d$/, known(BITS, 'Messages for which no receive was posted yet')],
  [/^lpe_net_match_request_\d$/, known(BITS, 'Messages that software had to match')],
  [/^atu_cache_hit_(base|derivative1)_page_size_\d$/, known(BITS, 'Addresses whose translation was at hand')],
  [/^atu_cache_miss_\d$/, known(BITS, 'Addresses whose translation was fetched')],
  [/^atu_cache_evictions$/, known(BITS, 'Translations of addresses that gave way to others')],
];

/** What is known of a counter; undefined for one that is not read. */
export function slingshotCounter(name: string): KnownCounter | undefined {
  return name.length > 64 ? undefined : ROWS.find(([pattern]) => pattern.test(name))?.[1];
}
