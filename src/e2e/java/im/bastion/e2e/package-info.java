// SPDX-License-Identifier: Apache-2.0
/** A real Openfire in a process of its own, real clients and real peers. */
package im.bastion.e2e;
