package dev.pawl.sandbox.git;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/**
 * Git's smart HTTP, one method per request of <a href="https://git-scm.com/docs/http-protocol">gitprotocol-http</a>.
 * Bodies are whole byte arrays: repositories here are small, and a whole answer can be withheld by a fault.
 */
public final class SmartHttp {
    private final BareRepository repository;

    /** Serves this repository. */
    public SmartHttp(BareRepository repository) {
        this.repository = repository;
    }

    /** The refs for a fetch, in the protocol version the {@code Git-Protocol} header asks for. */
    public byte[] advertiseForFetch(List<String> protocol) {
        var out = new ByteArrayOutputStream();
        try {
            upload(protocol).sendAdvertisedRefs(advertiser(out), "git-upload-pack");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Answers a fetch. */
    public byte[] fetch(List<String> protocol, byte[] request) {
        var out = new ByteArrayOutputStream();
        try {
            upload(protocol).upload(new ByteArrayInputStream(request), out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The refs for a push. */
    public byte[] advertiseForPush() {
        var out = new ByteArrayOutputStream();
        try {
            var line = new PacketLineOut(out);
            line.writeString("# service=git-receive-pack\n");
            line.end();
            receive().sendAdvertisedRefs(advertiser(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * Takes a push and answers it.
     *
     * @param guard may refuse commands before anything moves
     * @param after is told of the refs that moved
     */
    public byte[] push(byte[] request, PersonIdent who, PreReceiveHook guard, Consumer<List<ReceiveCommand>> after) {
        var out = new ByteArrayOutputStream();
        ReceivePack receive = receive();
        receive.setRefLogIdent(who);
        receive.setPreReceiveHook(guard);
        receive.setPostReceiveHook((pack, commands) -> after.accept(done(commands)));
        try {
            receive.receive(new ByteArrayInputStream(request), out, null);
        } catch (UnpackException e) {
            // The client has been told in the report that is the answer.
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static List<ReceiveCommand> done(Collection<ReceiveCommand> commands) {
        return commands.stream()
                .filter(c -> c.getResult() == ReceiveCommand.Result.OK)
                .toList();
    }

    private UploadPack upload(List<String> protocol) {
        var upload = new UploadPack(repository.jgit());
        upload.setBiDirectionalPipe(false);
        upload.setExtraParameters(protocol);
        return upload;
    }

    private ReceivePack receive() {
        var receive = new ReceivePack(repository.jgit());
        receive.setBiDirectionalPipe(false);
        return receive;
    }

    private static PacketLineOutRefAdvertiser advertiser(ByteArrayOutputStream out) {
        return new PacketLineOutRefAdvertiser(new PacketLineOut(out));
    }
}
