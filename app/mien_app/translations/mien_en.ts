<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AnalysePage</name>
    <message numerus="yes">
        <source>Already in the list: %n file(s). Take one off to analyse it anew.</source>
        <translation>
            <numerusform>Already in the list: %n file. Take one off to analyse it anew.</numerusform>
            <numerusform>Already in the list: %n files. Take one off to analyse it anew.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) left from the last time. Press Start.</source>
        <translation>
            <numerusform>%n file is left from the last time. Press Start.</numerusform>
            <numerusform>%n files are left from the last time. Press Start.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{} of %n file(s) done</source>
        <translation>
            <numerusform>{} of %n file done</numerusform>
            <numerusform>{} of %n files done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) not analysed yet.</source>
        <translation>
            <numerusform>%n file is not analysed yet.</numerusform>
            <numerusform>%n files are not analysed yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DataStep</name>
    <message numerus="yes">
        <source>%n picture(s) of {}</source>
        <translation>
            <numerusform>%n picture of {}</numerusform>
            <numerusform>%n pictures of {}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvidenceDialog</name>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n point</numerusform>
            <numerusform>%n points</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvidenceScale</name>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n point</numerusform>
            <numerusform>%n points</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportWorker</name>
    <message numerus="yes">
        <source>%n row(s) saved: {}</source>
        <translation>
            <numerusform>%n row saved: {}</numerusform>
            <numerusform>%n rows saved: {}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueRow</name>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n face</numerusform>
            <numerusform>%n faces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s)</source>
        <translation>
            <numerusform>%n frame</numerusform>
            <numerusform>%n frames</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Recording</name>
    <message numerus="yes">
        <source>%n frame(s) dropped: the disk was too slow.</source>
        <translation>
            <numerusform>%n frame was dropped: the disk was too slow.</numerusform>
            <numerusform>%n frames were dropped: the disk was too slow.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewStart</name>
    <message numerus="yes">
        <source>%n of them not finished.</source>
        <translation>
            <numerusform>%n of them is not finished.</numerusform>
            <numerusform>%n of them are not finished.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionBar</name>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsStep</name>
    <message numerus="yes">
        <source>%n picture(s) for training, {} for validation.</source>
        <translation>
            <numerusform>%n picture for training, {} for validation.</numerusform>
            <numerusform>%n pictures for training, {} for validation.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StudyTable</name>
    <message numerus="yes">
        <source>%n row(s) saved: {}</source>
        <translation>
            <numerusform>%n row saved: {}</numerusform>
            <numerusform>%n rows saved: {}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) left out. {}</source>
        <translation>
            <numerusform>%n session left out. {}</numerusform>
            <numerusform>%n sessions left out. {}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrainStart</name>
    <message numerus="yes">
        <source>%n label(s)</source>
        <translation>
            <numerusform>%n label</numerusform>
            <numerusform>%n labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) under {}, added with L</source>
        <translation>
            <numerusform>%n face under {}, added with L</numerusform>
            <numerusform>%n faces under {}, added with L</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>language</name>
    <message numerus="yes">
        <source>No face was found in %n picture(s).</source>
        <translation>
            <numerusform>No face was found in %n picture.</numerusform>
            <numerusform>No face was found in %n pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are not there.</source>
        <translation>
            <numerusform>%n file is not there.</numerusform>
            <numerusform>%n files are not there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) cannot be read as a picture.</source>
        <translation>
            <numerusform>%n file cannot be read as a picture.</numerusform>
            <numerusform>%n files cannot be read as a picture.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) smaller than {} px.</source>
        <translation>
            <numerusform>%n picture is smaller than {} px.</numerusform>
            <numerusform>%n pictures are smaller than {} px.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) too many: copies of others.</source>
        <translation>
            <numerusform>%n picture is a copy of another.</numerusform>
            <numerusform>%n pictures are copies of others.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) too many: near copies of others.</source>
        <translation>
            <numerusform>%n picture is a near copy of another.</numerusform>
            <numerusform>%n pictures are near copies of others.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{} has only %n picture(s); a model needs {} or more to learn it.</source>
        <translation>
            <numerusform>{} has only %n picture; a model needs {} or more to learn it.</numerusform>
            <numerusform>{} has only %n pictures; a model needs {} or more to learn it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{} classifies {} of %n face(s) as labelled ({})</source>
        <translation>
            <numerusform>{} classifies {} of %n face as labelled ({})</numerusform>
            <numerusform>{} classifies {} of %n faces as labelled ({})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{} classifies {} of %n face(s) as labelled ({}; 95% interval).</source>
        <translation>
            <numerusform>{} classifies {} of %n face as labelled ({}; 95% interval).</numerusform>
            <numerusform>{} classifies {} of %n faces as labelled ({}; 95% interval).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{}: %n face(s) an epoch: too few to train on. Add pictures.</source>
        <translation>
            <numerusform>{}: %n face an epoch: too few to train on. Add pictures.</numerusform>
            <numerusform>{}: %n faces an epoch: too few to train on. Add pictures.</numerusform>
        </translation>
    </message>
</context>
</TS>
