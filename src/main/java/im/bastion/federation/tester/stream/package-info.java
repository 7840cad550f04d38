// SPDX-License-Identifier: Apache-2.0
/** XML streams and TLS handshakes of a test. May import: federation.tester.fact and net, federation.tls. */
package im.bastion.federation.tester.stream;
