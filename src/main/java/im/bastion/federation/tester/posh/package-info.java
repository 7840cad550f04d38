// SPDX-License-Identifier: Apache-2.0
/** PKIX over Secure HTTP (RFC 7711). May import: federation.tester.fact and net, federation.tls. */
package im.bastion.federation.tester.posh;
