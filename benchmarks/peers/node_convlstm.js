// A model in onnxruntime-node: node_convlstm.js MODEL MAPS STEPS SIDE BATCH THREADS
// Answers as torch_convlstm.py does.
const fs = require("fs");
const readline = require("readline");
const ort = require("onnxruntime-node");

const [model, mapsFile, ...sizes] = process.argv.slice(2);
const [steps, side, batch, threads] = sizes.map(Number);
const bytes = fs.readFileSync(mapsFile);
const maps = new Float32Array(bytes.buffer, bytes.byteOffset, batch * steps * side * side);

(async () => {
    const session = await ort.InferenceSession.create(model, {
        intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 4,
        // The threads of an idle session would spin on beside the one that is measured.
        extra: { session: { force_spinning_stop: "1" } },
    });
    const feeds = { maps: new ort.Tensor("float32", maps.slice(), [batch, steps, 1, side, side]) };
    let risk;
    for (let i = 0; i < 3; i++)
        risk = (await session.run(feeds)).risk.data;
    console.log(risk.reduce((sum, value) => sum + value, 0) / risk.length);
    for await (const line of readline.createInterface({ input: process.stdin })) {
        const calls = Number(line), start = process.hrtime.bigint();
        for (let i = 0; i < calls; i++)
            await session.run(feeds);
        console.log(Number(process.hrtime.bigint() - start) / 1e9 / calls);
    }
})();
