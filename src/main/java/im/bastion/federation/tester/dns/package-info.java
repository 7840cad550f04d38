// SPDX-License-Identifier: Apache-2.0
/** What a test asks of the DNS, validated here. May import: federation.tester.fact, federation.tester.net, dnsjava. */
package im.bastion.federation.tester.dns;
