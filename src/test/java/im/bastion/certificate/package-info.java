// SPDX-License-Identifier: Apache-2.0
/** Certificates made for tests: good ones, and with every fault that is asked for. */
package im.bastion.certificate;
