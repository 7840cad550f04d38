// SPDX-License-Identifier: Apache-2.0
/** What a draft of the policy would have done to the sessions that were seen. May import: observe, policy. */
package im.bastion.federation.simulate;
