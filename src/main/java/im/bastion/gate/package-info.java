// SPDX-License-Identifier: Apache-2.0
/** The one look at every stanza: classify, ask the guards of that class, decide, act. May import: policy, host, metric. */
package im.bastion.gate;
