// The counters that every InfiniBand port has, PortCounters and PortCountersExtended of the InfiniBand Architecture
// Specification, with the widths by which the kernel reads them (drivers/infiniband/core/sysfs.c) and meanings after
// Documentation/ABI/stable/sysfs-class-infiniband. RoCE, Omni-Path and others show theirs under the same names.
import { type KnownCounters, known, knownBytes, knownSticking } from './known-counter.ts';

/** Names that count data and packets: 64 bits where the port has the extended set, else 32. */
export const DATA_COUNTERS: readonly string[] = [
  'port_xmit_data',
  'port_rcv_data',
  'port_xmit_packets',
  'port_rcv_packets',
];

/** Names that count words and not bytes. */
export const WORD_COUNTERS: readonly string[] = [
  'port_xmit_data',
  'port_rcv_data',
  'port_xmit_data_64',
  'port_rcv_data_64',
];

/** Names that only a port with the extended set has. */
export const EXTENDED_COUNTERS: readonly string[] = [
  'unicast_xmit_packets',
  'unicast_rcv_packets',
  'multicast_xmit_packets',
  'multicast_rcv_packets',
];

/** Errors stop at their largest value, by the specification, until someone sets them to 0. */
export const PORT_COUNTERS: KnownCounters = {
  port_xmit_data: knownBytes(64, 'Bytes sent on all virtual lanes, without link packets'),
  port_rcv_data: knownBytes(64, 'Bytes received on all virtual lanes, without link packets'),
  port_xmit_packets: known(64, 'Packets sent on all virtual lanes, with those that have errors'),
  port_rcv_packets: known(64, 'Packets received on all virtual lanes, with those that have errors'),
  unicast_xmit_packets: known(64, 'Packets sent to one port'),
  unicast_rcv_packets: known(64, 'Packets received that were for one port'),
  multicast_xmit_packets: known(64, 'Packets sent to a multicast group'),
  multicast_rcv_packets: known(64, 'Packets received that were for a multicast group'),
  port_xmit_data_64: knownBytes(64, 'Bytes sent, from the extended set: the same traffic as port_xmit_data'),
  port_rcv_data_64: knownBytes(
    64,
    'Bytes received, from the extended set: the same traffic as port_rcv_data',
  ),
  port_xmit_packets_64: known(64, 'Packets sent, from the extended set'),
  port_rcv_packets_64: known(64, 'Packets received, from the extended set'),
  port_unicast_xmit_packets: known(64, 'Packets sent to one port'),
  port_unicast_rcv_packets: known(64, 'Packets received that were for one port'),
  port_multicast_xmit_packets: known(64, 'Packets sent to a multicast group'),
  port_multicast_rcv_packets: known(64, 'Packets received that were for a multicast group'),
  symbol_error: knownSticking(16, 'Small errors of the link on its lanes'),
  link_error_recovery: knownSticking(8, 'Times that the link trained itself anew and came back'),
  link_downed: knownSticking(8, 'Times that the link trained itself anew in vain and went down'),
  port_rcv_errors: knownSticking(16, 'Packets received with an error'),
  port_rcv_remote_physical_errors: knownSticking(16, 'Packets received that were marked bad on their way'),
  port_rcv_switch_relay_errors: knownSticking(16, 'Packets received that the switch could not pass on'),
  port_xmit_discards: knownSticking(16, 'Packets not sent because the port was down or congested'),
  port_xmit_constraint_errors: knownSticking(8, 'Packets not sent because of partitions or filters'),
  port_rcv_constraint_errors: knownSticking(
    8,
    'Packets received and dropped because of partitions or filters',
  ),
  local_link_integrity_errors: knownSticking(4, 'Times that local physical errors passed their limit'),
  excessive_buffer_overrun_errors: knownSticking(4, 'Times that receive buffers ran over for long'),
  VL15_dropped: knownSticking(16, 'Management packets dropped for lack of room'),
  port_xmit_wait: knownSticking(32, 'Ticks of the port in which it had data and could send none: congestion'),
};
