// SPDX-License-Identifier: Apache-2.0
/** The hash-chained record of decisions and changes. May import: policy, host, settings, metric, store. */
package im.bastion.audit;
