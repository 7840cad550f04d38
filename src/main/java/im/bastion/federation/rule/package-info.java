// SPDX-License-Identifier: Apache-2.0
/** What can be demanded of a stream, one class for each claim, and their explicit list. May import: policy, host, federation.tls. */
package im.bastion.federation.rule;
