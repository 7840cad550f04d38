// SPDX-License-Identifier: Apache-2.0
/** What was seen of peers on one day, in the words of SMTP TLS Reporting (RFC 8460). May import: observe, policy, rule. */
package im.bastion.federation.report;
