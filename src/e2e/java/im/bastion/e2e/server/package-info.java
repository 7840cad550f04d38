// SPDX-License-Identifier: Apache-2.0
/** The server under test: tests, {@code run} and benchmarks start it through {@link im.bastion.e2e.server.OpenfireServer}. */
package im.bastion.e2e.server;
