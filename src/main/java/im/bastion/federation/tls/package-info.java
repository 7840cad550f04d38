// SPDX-License-Identifier: Apache-2.0
/** Facts about a stream and its certificate, without opinions. May import: host, org.bouncycastle. */
package im.bastion.federation.tls;
