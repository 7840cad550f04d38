// SPDX-License-Identifier: Apache-2.0
/** Other servers for the tests: a scripted one that does what no decent server does, and real ones. */
package im.bastion.e2e.peer;
