package io.serai.deployer.internal.build;

/** An archive that is damaged or made to do harm. The message continues a sentence about the file. */
final class ArchiveException extends Exception {
    private static final long serialVersionUID = 1L;

    ArchiveException(String message) {
        super(message);
    }
}
