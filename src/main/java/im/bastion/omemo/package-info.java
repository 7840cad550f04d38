// SPDX-License-Identifier: Apache-2.0
/**
 * The guard that makes OMEMO (XEP-0384) work: nodes are what clients asked for, and a publish that was acknowledged is
 * kept. May import: omemo.wire, omemo.check, omemo.doctor, omemo.census, gate, host, policy, settings, audit, metric.
 */
package im.bastion.omemo;
